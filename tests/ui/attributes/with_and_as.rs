// errors: 1
use protocol_core::Wire;

mod module {
    use protocol_core::{Fault, Reader, Sink};

    pub fn pack<W: Sink>(value: &u16, sink: &mut W) -> Result<(), Fault> {
        sink.put(value.to_be_bytes())
    }

    pub fn unpack(reader: &mut Reader<'_, '_>) -> Result<u16, Fault> {
        reader.take().map(u16::from_be_bytes)
    }
}

#[derive(Wire)]
struct Record {
    #[wire(with = module, as = u32)]
    a: u16,
}

fn main() {}
