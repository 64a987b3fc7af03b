// errors: 36
//! The words of binrw 0.15 that have another name here, or none.
use protocol_core::Wire;

#[derive(Wire)]
#[wire(import(n: u8), import_raw(n: u8), stream = s)]
struct Record {
    #[wire(align_after = 4)]
    a0: u8,
    #[wire(align_before = 4)]
    a1: u8,
    #[wire(args(a0))]
    a2: u8,
    #[wire(args_raw = a0)]
    a3: u8,
    #[wire(assert(a0 > 3))]
    a4: u8,
    #[wire(big)]
    a5: u8,
    #[wire(calc = 3)]
    a6: u8,
    #[wire(dbg)]
    a7: u8,
    #[wire(err_context("x"))]
    a8: u8,
    #[wire(ignore)]
    a9: u8,
    #[wire(is_big = true)]
    a10: u8,
    #[wire(is_little = true)]
    a11: u8,
    #[wire(little)]
    a12: u8,
    #[wire(map = f)]
    a13: u8,
    #[wire(map_stream = f)]
    a14: u8,
    #[wire(offset = 3)]
    a15: u8,
    #[wire(pad_after = 2)]
    a16: u8,
    #[wire(pad_before = 2)]
    a17: u8,
    #[wire(pad_size_to = 20)]
    a18: u8,
    #[wire(parse_with = f)]
    a19: u8,
    #[wire(repr = u8)]
    a20: u8,
    #[wire(restore_position)]
    a21: u8,
    #[wire(seek_before = f)]
    a22: u8,
    #[wire(temp)]
    a23: u8,
    #[wire(try)]
    a24: u8,
    #[wire(try_calc = f)]
    a25: u8,
    #[wire(try_map = f)]
    a26: u8,
    #[wire(write_with = f)]
    a27: u8,
}

#[derive(Wire)]
#[wire(repr = u8, return_all_errors, return_unexpected_error)]
enum Kind {
    #[wire(magic = 3)]
    A,
    #[wire(pre_assert(n == 3))]
    B,
}

fn main() {}
