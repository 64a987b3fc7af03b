// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(since = 2, before(n: u8), count = n, after(end: u8 = 7))]
    items: Vec<u8>,
    #[wire(removed = 3, magic = b"AB")]
    old: u8,
}

fn main() {}
