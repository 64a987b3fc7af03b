// errors: 42
use protocol_core::{Message, Protocol, Wire};

#[derive(Wire)]
#[wire(
    bit_order = "text",
    bound("text"),
    crate = "text",
    depth = "text",
    max_len = "text",
    trailing = "text",
    warn("text")
)]
struct Record {
    #[wire(
        after("text"),
        align = "text",
        as = "text",
        before("text"),
        bits = "text",
        check("text"),
        checksum = "text",
        count = "text",
        endian = "text",
        header = "text",
        len = "text",
        magic = "text",
        max = "text",
        min = "text",
        name = 3,
        of = "text",
        pad = "text",
        pad_to = "text",
        removed = "text",
        role = "text",
        since = "text",
        until = "text",
        with = "text"
    )]
    name: String,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(header = "text", id = "text", reply = "text")]
struct Login;

#[derive(Wire)]
#[wire(len = "text", tag = "text")]
enum Kind {
    #[wire(tag = "text")]
    Text,
}

#[derive(Protocol)]
#[wire(reserved("text"), state = "text", version = "text")]
enum Chat {
    #[wire(from = "text", state = "text", then = "text")]
    Login(Login),
}

fn main() {}
