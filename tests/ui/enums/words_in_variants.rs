// errors: 9
use protocol_core::Wire;

type Text = String;
type Number = u32;

#[derive(Wire)]
#[wire(tag = u8)]
enum Cell {
    Limited {
        #[wire(range = 1..=3)]
        a: Text,
    },
    Constant {
        #[wire(value = "x")]
        a: u32,
    },
    Sealed {
        a: u8,
        #[wire(checksum = crc32(a..=a))]
        sum: u16,
    },
    Flagged {
        flags: u8,
        #[wire(if(flags & 1 != 0))]
        a: Number,
    },
    Told {
        n: Text,
        #[wire(len = n)]
        a: Vec<u8>,
    },
}

#[derive(Wire)]
#[wire(tag = u8)]
enum Grown {
    Wide(usize),
    List {
        #[wire(since = 2)]
        n: u8,
        #[wire(len = n)]
        items: Vec<u8>,
    },
    Both {
        flags: u8,
        #[wire(if(flags & 1 != 0), since = 2)]
        a: Option<u8>,
    },
    Absent {
        flags: u8,
        #[wire(if(flags & 1 != 0), before(n: u8), len = n)]
        a: Option<String>,
    },
}

fn main() {}
