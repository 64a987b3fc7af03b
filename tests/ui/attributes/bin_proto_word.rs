// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(discriminant_type = u16)]
enum Kind {
    A,
}

fn main() {}
