// errors: 2
#![deny(unused_imports)]
use protocol_core::Wire;
use sizes::{KEYS, MOST, module, range};

mod sizes {
    pub const MOST: usize = 3;
    pub const KEYS: u8 = 3;
    pub mod module {
        use protocol_core::{Fault, Reader, Sink};

        pub fn pack<W: Sink>(_: &u8, w: &mut W) -> Result<(), Fault> {
            w.put([0])
        }

        pub fn unpack(_: &mut Reader<'_, '_>) -> Result<u8, Fault> {
            Ok(0)
        }
    }
    pub mod range {
        pub const LAST: u8 = 9;
    }
}

#[derive(Wire)]
struct Record {
    #[wire(max = MOST)]
    a: String,
    #[wire(with = module)]
    b: u8,
    #[wire(range = 1..=range::LAST)]
    c: u8,
    #[wire(if(c == KEYS))]
    d: Option<u8>,
    #[wire(cuont = u8)]
    e: Vec<u8>,
}

fn main() {
    use sizes::MOST as HERE;

    #[derive(Wire)]
    struct Inside {
        #[wire(max = HERE)]
        a: String,
        #[wire(cuont = u8)]
        e: Vec<u8>,
    }
}
