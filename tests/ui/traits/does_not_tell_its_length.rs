// errors: 1
use protocol_core::frame::{Delimited, Magic};

fn main() {
    let _ = Magic::new(b"AA", Delimited::new(b"\n"));
}
