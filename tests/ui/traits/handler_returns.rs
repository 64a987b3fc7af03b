// errors: 1
use protocol_core::net::blocking::Server;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Ping;

#[derive(Protocol)]
enum Chat {
    Ping(Ping),
}

fn main() -> std::io::Result<()> {
    Server::<Chat>::bind("localhost:0")?.serve(|mut connection| connection.recv().is_ok())?;
    Ok(())
}
