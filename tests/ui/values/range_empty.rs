// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(range = 9..=3)]
    a: u8,
    #[wire(range = 5..5)]
    b: u8,
    #[wire(range = -5..=-5)]
    c: i8,
    #[wire(range = 9..)]
    d: u8,
}

fn main() {}
