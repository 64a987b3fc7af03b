// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[repr(packed)]
struct Packed {
    text: String,
}

fn main() {}
