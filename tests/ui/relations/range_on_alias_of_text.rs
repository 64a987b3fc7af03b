// errors: 1
use protocol_core::Wire;

type Text = String;

#[derive(Wire)]
struct Named {
    #[wire(range = 1..=3)]
    name: Text,
}

fn main() {}
