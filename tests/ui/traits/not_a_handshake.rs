// errors: 1
use protocol_core::net::blocking::Server;

struct Secret;

fn main() -> std::io::Result<()> {
    let _ = Server::<()>::bind("localhost:0")?.handshake(Secret);
    Ok(())
}
