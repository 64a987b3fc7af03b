// errors: 39
use std::collections::BTreeMap;

use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(key(
        after(crc: u32 = crc32(kind..=body)),
        align = 4,
        before(n: u16 = count(items)),
        bit_order = lsb,
        bits = 3,
        bound(T: Wire<'a>),
        check(low <= high, "low is above high"),
        checksum = crc32(kind..=body),
        crate = ::path,
        default = 0,
        depth = 64,
        duplicate_ids,
        from = client,
        header = Header,
        id = u16,
        if(flags & 1 != 0),
        magic = b"AA",
        max_len = 512,
        name = "type",
        of = body,
        optional_tail,
        pad = 2,
        range = 1..=100,
        removed = 5,
        reply = LoginAck,
        reserved(0, 200..=255),
        role = len,
        secret,
        since = 2,
        skip,
        state = Active,
        tag = u16,
        then = Active,
        trailing = ignore,
        unknown,
        value = 0x55,
        version = 2,
        warn(growth),
        with = module,
    ))]
    names: BTreeMap<String, u8>,
}

fn main() {}
