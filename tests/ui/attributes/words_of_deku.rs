// errors: 31
//! The words of deku 0.20 that have another name here, or none.
use protocol_core::Wire;

#[derive(Wire)]
#[wire(ctx = "n: u8", ctx_default = 3, seek_from_end = 2, seek_from_start = 2, seek_rewind)]
struct Record {
    #[wire(assert = *a0 < 3)]
    a0: u8,
    #[wire(assert_eq = 3)]
    a1: u8,
    #[wire(bytes = 2)]
    a2: u8,
    #[wire(bits_read = a0)]
    a3: u8,
    #[wire(bytes_read = a0)]
    a4: u8,
    #[wire(read_all)]
    a5: u8,
    #[wire(update = 3)]
    a6: u8,
    #[wire(temp)]
    a7: u8,
    #[wire(temp_value = 3)]
    a8: u8,
    #[wire(pad_bytes_before = 2)]
    a9: u8,
    #[wire(pad_bits_before = 3)]
    a10: u8,
    #[wire(pad_bytes_after = 2)]
    a11: u8,
    #[wire(pad_bits_after = 3)]
    a12: u8,
    #[wire(cond = *a0 == 3)]
    a13: u8,
    #[wire(map = |x| x)]
    a14: u8,
    #[wire(reader = read)]
    a15: u8,
    #[wire(writer = write)]
    a16: u8,
    #[wire(ctx = *a0)]
    a17: u8,
    #[wire(seek_from_current = 2)]
    a18: u8,
}

#[derive(Wire)]
#[wire(id_type = "u16", id_endian = "little", bits = 3, bytes = 2)]
enum Kind {
    #[wire(id = 3)]
    A,
    #[wire(id_pat = "3..=7")]
    B,
    #[wire(default)]
    C,
}

fn main() {}
