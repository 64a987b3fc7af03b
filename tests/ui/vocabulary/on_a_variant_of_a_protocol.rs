// errors: 46
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    #[wire(
        after(crc: u32 = crc32(kind..=body)),
        align = 4,
        as = U24,
        before(n: u16 = count(items)),
        bit_order = lsb,
        bits = 3,
        bound(T: Wire<'a>),
        check(low <= high, "low is above high"),
        checksum = crc32(kind..=body),
        count = u16,
        crate = ::path,
        default = 0,
        depth = 64,
        duplicate_ids,
        endian = little,
        header = Header,
        id = u16,
        if(flags & 1 != 0),
        item(len = u16),
        key(len = u16),
        len = u16,
        magic = b"AA",
        max = 255,
        max_len = 512,
        min = 1,
        name = "type",
        of = body,
        optional_tail,
        pad = 2,
        pad_to = 20,
        range = 1..=100,
        removed = 5,
        reply = LoginAck,
        reserved(0, 200..=255),
        rest,
        role = len,
        secret,
        since = 2,
        skip,
        tag = u16,
        trailing = ignore,
        until = 0,
        value = 0x55,
        version = 2,
        warn(growth),
        with = module,
    )]
    Login(Login),
}

fn main() {}
