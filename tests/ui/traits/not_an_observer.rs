// errors: 1
use protocol_core::net::blocking::Server;

struct Log;

fn main() -> std::io::Result<()> {
    let _ = Server::<()>::bind("localhost:0")?.observer(Log);
    Ok(())
}
