// errors: 13
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    first: u8,
    #[wire(len = u16)]
    a: u32,
    #[wire(count = u16)]
    b: u32,
    #[wire(until = 0)]
    c: u32,
    #[wire(min = 1)]
    d: u32,
    #[wire(max = 255)]
    e: u32,
    #[wire(item(len = u16))]
    f: u32,
    #[wire(key(len = u16))]
    g: u32,
    #[wire(endian = little)]
    h: u8,
    #[wire(bits = 8)]
    i: String,
    #[wire(if(first == 1))]
    j: u32,
    #[wire(range = 1..=100)]
    k: String,
    #[wire(rest)]
    l: u32,
}

#[derive(Wire)]
struct Tail {
    #[wire(optional_tail)]
    tail: u32,
}

fn main() {}
