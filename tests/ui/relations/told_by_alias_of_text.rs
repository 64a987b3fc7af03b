// errors: 2
use protocol_core::Wire;

type Text = String;

#[derive(Wire)]
struct List {
    n: Text,
    #[wire(len = n)]
    items: Vec<u8>,
}

#[derive(Wire)]
struct Flags {
    flags: Text,
    #[wire(if(flags & 1 != 0))]
    a: Option<u8>,
}

fn main() {}
