// errors: 56
use protocol_core::{Message, Protocol, Wire};

#[derive(Wire)]
#[wire(bit_order, bound = 1, crate, depth, max_len, trailing, warn = 1)]
struct Record {
    #[wire(
        after = 1,
        align,
        as,
        before = 1,
        bits,
        check = 1,
        checksum,
        count,
        default,
        endian,
        header,
        if = 1,
        item = 1,
        key = 1,
        len,
        magic,
        max,
        min,
        name,
        of,
        optional_tail = 1,
        pad,
        pad_to,
        range,
        removed,
        reserved = 1,
        rest = 1,
        role,
        secret = 1,
        since,
        skip = 1,
        tag,
        until,
        value,
        with
    )]
    name: String,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(header, id, reply)]
struct Login;

#[derive(Wire)]
#[wire(len, tag)]
enum Kind {
    #[wire(tag, unknown = 1)]
    Text,
}

#[derive(Protocol)]
#[wire(duplicate_ids = 1, reserved = 1, state, version)]
enum Chat {
    #[wire(from, state, then)]
    Login(Login),
}

fn main() {}
