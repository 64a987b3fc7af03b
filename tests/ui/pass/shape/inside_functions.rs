// errors: 0
//! Types that are declared in the body of a function.

#![deny(non_local_definitions)]

use protocol_core::{Message, Pack, Protocol};

fn inner<T: Clone>(value: T) -> T {
    #[derive(Message)]
    #[msg_type = 1]
    struct Login<'a> {
        #[wire(rest)]
        name: &'a str,
    }

    #[derive(Protocol)]
    enum Chat<'a> {
        Login(Login<'a>),
    }

    assert_eq!(Chat::from(Login { name: "ann" }).pack().unwrap(), b"\x01ann");
    value
}

fn main() {
    inner(1);
}
