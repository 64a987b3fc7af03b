// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(item())]
    items: Vec<u16>,
    #[wire(before())]
    number: u16,
    #[wire(check())]
    checked: u16,
}

fn main() {}
