// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Point {
    x: u8,
}

#[derive(Wire)]
struct Gap {
    a: u8,
    #[wire(reserved)]
    gap: Point,
}

#[derive(Wire, Clone, Copy)]
enum Mode {
    Off,
    On,
}

#[derive(Wire)]
struct Bits {
    #[wire(bits = 7)]
    a: u8,
    #[wire(bits = 1, reserved)]
    mode: Mode,
}

fn main() {}
