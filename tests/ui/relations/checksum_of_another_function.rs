// errors: 1
use protocol_core::Wire;

fn sum(text: &str) -> u8 {
    text.len() as u8
}

#[derive(Wire)]
struct Sealed {
    a: u8,
    #[wire(checksum = sum(a..=a))]
    b: u8,
}

fn main() {}
