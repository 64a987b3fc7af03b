// errors: 1
use protocol_core::{Wire, WireOwned};

#[derive(Wire)]
struct Name<'a>(&'a str);

fn owned<T: WireOwned>() {}

fn main() {
    owned::<Name<'static>>();
}
