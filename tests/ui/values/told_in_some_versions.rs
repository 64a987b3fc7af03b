// errors: 4
use protocol_core::Wire;

#[derive(Wire)]
struct Grown {
    #[wire(since = 2)]
    n: u8,
    #[wire(len = n)]
    items: Vec<u8>,
    #[wire(since = 2)]
    flags: u8,
    #[wire(if(flags & 1 != 0))]
    mark: Option<u8>,
    #[wire(removed = 5)]
    old: Vec<u8>,
    #[wire(value = len(old))]
    size: u16,
    #[wire(since = 3)]
    m: u8,
    #[wire(since = 2, count = m)]
    more: Vec<u16>,
    #[wire(since = 4, count = m)]
    most: Vec<u16>,
}

fn main() {}
