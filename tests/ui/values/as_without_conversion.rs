// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Tenths(u16);

#[derive(Clone)]
struct Celsius(i16);

impl From<Tenths> for Celsius {
    fn from(wire: Tenths) -> Celsius {
        Celsius(wire.0 as i16 / 10)
    }
}

#[derive(Wire)]
struct Record {
    // It can be read, and not be written.
    #[wire(as = Tenths)]
    a: Celsius,
}

fn main() {}
