//! A message to bytes and back, without a socket.

use protocol_core::{Message, Pack, PackError, Unpack};

#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
struct Data {
    #[wire(rest)]
    text: String,
}

fn main() -> Result<(), PackError> {
    let text = "hello".into();
    let bytes = Data { text }.pack()?;
    println!("{bytes:02x?}");

    println!("{:?}", Data::unpack(&bytes));
    println!("{:?}", Data::unpack(b"\x03caf\xe9").map_err(|error| error.to_string()));
    Ok(())
}
