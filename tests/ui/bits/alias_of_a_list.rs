// errors: 1
use protocol_core::Wire;

type Text = String;

#[derive(Wire)]
struct Header {
    #[wire(bits = 8)]
    a: Text,
}

fn main() {}
