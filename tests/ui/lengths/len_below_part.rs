// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Large {
    data: [u8; 300],
}

#[derive(Wire)]
struct Record {
    #[wire(len = u8)]
    large: Large,
}

fn main() {}
