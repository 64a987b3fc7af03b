// errors: 15
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(
        bit_order = lsb,
        bound(T: Wire<'a>),
        crate = ::path,
        depth = 64,
        duplicate_ids,
        from = client,
        id = u16,
        max_len = 512,
        reply = LoginAck,
        state = Active,
        then = Active,
        trailing = ignore,
        unknown,
        version = 2,
        warn(growth),
    )]
    name: String,
}

fn main() {}
