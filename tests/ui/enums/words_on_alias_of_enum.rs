// errors: 1
use protocol_core::Wire;

type Text = String;

#[derive(Wire)]
enum Kind {
    A(#[wire(count = u16)] Text),
}

fn main() {}
