// errors: 1
use protocol_core::Message;
use protocol_core::net::blocking::Connection;

#[derive(Message)]
#[msg_type = 1]
struct Login;

fn main() {
    Connection::<Login>::connect("localhost:8000").unwrap();
}
