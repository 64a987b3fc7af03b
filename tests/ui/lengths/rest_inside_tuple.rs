// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Tail {
    #[wire(rest)]
    text: String,
}

#[derive(Wire)]
struct Record {
    pair: (Tail, String),
}

fn main() {}
