// errors: 1
use protocol_core::Wire;

type Text = String;

#[derive(Wire)]
struct Start {
    a: u8,
    #[wire(value = a + 1)]
    b: Text,
}

fn main() {}
