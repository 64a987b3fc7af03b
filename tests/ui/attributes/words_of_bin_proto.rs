// errors: 14
//! The words of bin-proto 0.12 that have another name here.
use protocol_core::Wire;

#[derive(Wire)]
#[wire(ctx_bounds = Ctx)]
struct Record {
    #[wire(untagged)]
    a0: u8,
    #[wire(tag_type = u16)]
    a1: u8,
    #[wire(tag_value = 3)]
    a2: u8,
    #[wire(write_value = 3)]
    a3: u8,
    #[wire(ctx = Ctx)]
    a4: u8,
    #[wire(skip_encode)]
    a5: u8,
    #[wire(skip_decode)]
    a6: u8,
    #[wire(pad_before = 2)]
    a7: u8,
    #[wire(pad_after = 2)]
    a8: u8,
    #[wire(flexible_array_member)]
    a9: u8,
}

#[derive(Wire)]
#[wire(discriminant_type = u16)]
enum Kind {
    #[wire(discriminant = 3)]
    A,
    #[wire(other)]
    B,
}

fn main() {}
