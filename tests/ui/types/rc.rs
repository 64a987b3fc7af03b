// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    a: std::rc::Rc<u8>,
    b: u8,
}

fn main() {}
