// errors: 2
use protocol_core::Wire;

const VERSION: u16 = 3;

#[derive(Wire)]
struct Start {
    #[wire(value = VERSION)]
    version: u8,
    flags: u8,
    #[wire(if(flags & 1 != 0), value = "x")]
    mark: Option<u32>,
}

fn main() {}
