// errors: 4
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u16)]
    text: Option<String>,
    #[wire(count = u16)]
    list: Option<Vec<u8>>,
    #[wire(max = 3)]
    short: Option<String>,
    #[wire(rest)]
    tail: Option<String>,
}

fn main() {}
