// errors: 40
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
#[wire(
    after(crc: u32 = crc32(kind..=body)),
    align = 4,
    as = U24,
    before(n: u16 = count(items)),
    bit_order = lsb,
    bits = 3,
    check(low <= high, "low is above high"),
    checksum = crc32(kind..=body),
    count = u16,
    default = 0,
    depth = 64,
    from = client,
    if(flags & 1 != 0),
    item(len = u16),
    key(len = u16),
    len = u16,
    magic = b"AA",
    max = 255,
    max_len = 512,
    min = 1,
    of = body,
    optional_tail,
    pad = 2,
    pad_to = 20,
    range = 1..=100,
    removed = 5,
    reply = LoginAck,
    rest,
    role = len,
    secret,
    since = 2,
    skip,
    tag = u16,
    then = Active,
    trailing = ignore,
    unknown,
    until = 0,
    value = 0x55,
    warn(growth),
    with = module,
)]
enum Chat {
    Login(Login),
}

fn main() {}
