// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(endian = little)]
    A(u16),
}

fn main() {}
