// errors: 1
use protocol_core::Wire;
use std::sync::mpsc::Sender;

#[derive(Wire)]
struct Gap {
    a: u8,
    #[wire(reserved)]
    gap: Sender<u8>,
}

fn main() {}
