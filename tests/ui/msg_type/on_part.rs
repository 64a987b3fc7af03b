// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[msg_type = 1]
struct Point(u8);

fn main() {}
