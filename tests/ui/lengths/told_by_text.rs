// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record<'a> {
    name: String,
    list: &'a [u8],
    #[wire(len = name)]
    text: String,
    #[wire(count = list)]
    items: Vec<u8>,
}

fn main() {}
