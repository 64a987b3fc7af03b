// errors: 1
use protocol_core::Protocol;

#[derive(Protocol)]
union Chat {
    a: u8,
    b: u8,
}

fn main() {}
