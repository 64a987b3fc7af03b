// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Tail {
    kind: u8,
    #[wire(rest)]
    text: String,
}

#[derive(Wire)]
struct Record {
    #[wire(len = u16)]
    tails: Vec<Tail>,
}

fn main() {}
