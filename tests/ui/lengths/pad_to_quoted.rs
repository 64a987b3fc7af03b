// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(pad_to = "20")]
    text: String,
}

fn main() {}
