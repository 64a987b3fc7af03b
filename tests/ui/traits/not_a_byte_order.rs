// errors: 1
use protocol_core::{Fault, Reader, Wire};

struct Middle;

fn read(r: &mut Reader<'_, '_>) -> Result<u16, Fault> {
    u16::get::<Middle>(r, 0)
}

fn main() {
    let _ = read;
}
