// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct WriteRegisters {
    quantity: u16,
    bytes: u8,
    #[wire(len = bytes, count = quantity)]
    values: Vec<u16>,
}

fn main() {}
