// errors: 1
use protocol_core::Wire;

type Number = u32;

#[derive(Wire)]
struct Tail {
    #[wire(optional_tail)]
    a: Option<u8>,
    #[wire(optional_tail)]
    b: self::Number,
}

fn main() {}
