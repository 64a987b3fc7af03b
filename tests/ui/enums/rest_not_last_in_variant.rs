// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A {
        #[wire(rest)]
        text: String,
        size: u8,
    },
}

fn main() {}
