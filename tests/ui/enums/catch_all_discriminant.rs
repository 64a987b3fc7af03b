// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[repr(u8)]
enum Kind {
    A = 1,
    #[wire(unknown)]
    Other(u8) = 7,
}

fn main() {}
