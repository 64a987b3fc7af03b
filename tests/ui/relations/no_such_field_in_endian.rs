// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    mark: u16,
    #[wire(endian = mrk == 1)]
    a: u16,
}

fn main() {}
