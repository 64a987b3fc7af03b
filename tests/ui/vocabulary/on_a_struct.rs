// errors: 40
use protocol_core::Wire;

#[derive(Wire)]
#[wire(
    after(crc: u32 = crc32(kind..=body)),
    align = 4,
    as = U24,
    before(n: u16 = count(items)),
    bits = 3,
    check(low <= high, "low is above high"),
    checksum = crc32(kind..=body),
    count = u16,
    default = 0,
    duplicate_ids,
    from = client,
    header = Header,
    id = u16,
    if(flags & 1 != 0),
    item(len = u16),
    key(len = u16),
    len = u16,
    max = 255,
    min = 1,
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
    state = Active,
    tag = u16,
    then = Active,
    unknown,
    until = 0,
    value = 0x55,
    version = 2,
    with = module,
)]
struct Record {
    name: String,
}

fn main() {}
