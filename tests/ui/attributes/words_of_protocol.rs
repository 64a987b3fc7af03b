// errors: 3
//! The words of protocol 3.4 that have another name here.
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(length_prefix(bytes(n)))]
    a0: u8,
}

#[derive(Wire)]
#[wire(discriminant = "integer")]
enum Kind {
    #[wire(discriminator(3))]
    A,
}

fn main() {}
