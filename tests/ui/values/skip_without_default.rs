// errors: 2
use protocol_core::Wire;

struct Cache;

#[derive(Wire)]
struct Page {
    number: u8,
    #[wire(skip)]
    cache: Cache,
}

#[derive(Wire)]
struct Point {
    x: u8,
}

#[derive(Wire)]
struct Grown {
    a: u8,
    #[wire(since = 2)]
    b: Point,
}

fn main() {}
