// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(max_len = 10)]
    text: String,
}

fn main() {}
