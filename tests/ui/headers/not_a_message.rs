// errors: 1
use protocol_core::{Protocol, Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Wire)]
struct Login;

#[derive(Protocol)]
#[wire(header = Start)]
enum Chat {
    Login(Login),
}

fn main() {}
