// errors: 1
use protocol_core::Protocol;

#[derive(Protocol)]
enum Chat {}

fn main() {}
