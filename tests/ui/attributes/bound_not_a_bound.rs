// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(bound(T = u8))]
struct Record<T>(T);

fn main() {}
