// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A,
    #[wire(unknown)]
    Other(u8),
    #[wire(unknown)]
    Rest(u8),
}

fn main() {}
