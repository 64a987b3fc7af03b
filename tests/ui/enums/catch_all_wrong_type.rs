// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A,
    #[wire(unknown)]
    Other(i8),
}

fn main() {}
