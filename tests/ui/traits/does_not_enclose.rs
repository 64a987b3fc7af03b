// errors: 1
use protocol_core::checksum::crc32;
use protocol_core::frame::{Checksummed, SelfDelimiting};
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Ping;

#[derive(Protocol)]
enum Chat {
    Ping(Ping),
}

fn main() {
    let _ = Checksummed::new(SelfDelimiting::<Chat>::new(), crc32);
}
