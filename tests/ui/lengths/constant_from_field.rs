// errors: 6
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(pad = n)]
    a: u8,
    #[wire(align = n)]
    b: u8,
    #[wire(max = n)]
    c: String,
    #[wire(min = n + 1)]
    d: Vec<u8>,
    #[wire(since = n)]
    e: u8,
    #[wire(removed = n)]
    f: u8,
}

fn main() {}
