// errors: 1
use protocol_core::Wire;

mod module {
    use protocol_core::{Fault, Reader, Sink};

    pub fn pack<W: Sink>(_: &u32, _: &mut W) -> Result<(), Fault> {
        Ok(())
    }

    pub fn unpack(_: &mut Reader<'_, '_>) -> Result<u16, Fault> {
        Ok(0)
    }
}

#[derive(Wire)]
struct Record {
    #[wire(with = module)]
    a: u16,
}

fn main() {}
