// errors: 0
//! What deku and binrw do not survive: `Ok` and `Err` are something else here.

use protocol_core::{Pack, Wire};

#[expect(dead_code, reason = "these names are the test")]
enum Outcome {
    Ok,
    Err,
}

#[expect(unused_imports, reason = "these names are the test")]
use Outcome::*;

#[derive(Wire)]
struct Point {
    x: u16,
}

fn main() {
    assert_eq!(Point { x: 1 }.pack().unwrap(), [0, 1]);
}
