// errors: 11
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    flags: u8,
    #[wire(skip, since = 2, removed = 5)]
    a: u8,
    #[wire(skip, secret)]
    b: u8,
    #[wire(skip, range = 1..=3)]
    c: u8,
    #[wire(skip, if(flags & 1 != 0))]
    d: Option<u8>,
    #[wire(skip, optional_tail)]
    e: Option<u8>,
    #[wire(skip, value = 3)]
    f: u8,
    #[wire(skip, checksum = crc32(flags..=flags))]
    g: u32,
    #[wire(skip, reserved)]
    h: u8,
    #[wire(skip, as = u16)]
    i: u32,
    #[wire(skip, tag = flags)]
    j: Option<u8>,
}

fn main() {}
