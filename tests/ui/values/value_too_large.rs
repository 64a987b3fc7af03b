// errors: 4
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(value = 300)]
    a: u8,
    #[wire(value = -129)]
    b: i8,
    #[wire(bits = 3, value = 9)]
    c: u8,
    #[wire(bits = 5, value = 16)]
    d: i8,
    #[wire(value = -128)]
    e: i8,
    #[wire(value = 255)]
    f: u8,
}

fn main() {}
