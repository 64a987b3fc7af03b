// errors: 1
use protocol_core::Wire;

#[derive(Wire, Default, Clone)]
struct Start<'a> {
    #[wire(role = id)]
    kind: u8,
    #[wire(len = u8)]
    name: &'a str,
}

fn main() {}
