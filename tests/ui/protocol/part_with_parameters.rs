// errors: 1
use protocol_core::net::blocking::Connection;
use protocol_core::Wire;

#[derive(Wire)]
struct Pair<T> {
    a: T,
    b: T,
}

fn talk(connection: &mut Connection<Pair<u8>>) {
    receives(connection);
}

fn receives<P: protocol_core::Protocol>(_: &mut Connection<P>) {}

fn main() {
    let _ = talk;
}
