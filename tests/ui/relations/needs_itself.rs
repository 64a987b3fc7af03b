// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Own {
    #[wire(value = len(total) + len(body))]
    total: u16,
    #[wire(len = u8)]
    body: String,
}

#[derive(Wire)]
struct Circle {
    #[wire(value = b + 1, before(n: u8 = b))]
    a: u8,
    #[wire(value = a - 1)]
    b: u8,
}

fn main() {}
