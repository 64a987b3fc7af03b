// errors: 6
//! Attributes of other crates belong to their derives; where those are missing rustc says so, once for
//! each, and this derive adds nothing: beside theirs they would be right.
use protocol_core::Wire;

#[derive(Wire)]
struct Deku {
    #[deku(bits = 3)]
    a: u8,
}

#[derive(Wire)]
#[brw(big)]
struct Binrw {
    n: u8,
    #[br(count = n)]
    #[bw(ignore)]
    a: Vec<u8>,
}

#[derive(Wire)]
struct Protocol {
    n: u8,
    #[protocol(length_prefix(bytes(n)))]
    a: Vec<u8>,
    #[serde(skip)]
    b: u8,
}

fn main() {}
