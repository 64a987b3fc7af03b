// errors: 0
#![forbid(unsafe_code, unused_imports, unused_lifetimes, unused_qualifications)]
//! The numbers of messages are compared without an import that is not used.

use protocol_core::{Message, Pack, Protocol, Unknown};

#[derive(Message)]
#[msg_type = 1]
struct Login<'a>(&'a str);

#[derive(Message)]
#[msg_type = 2]
struct Logout;

#[derive(Protocol)]
enum Chat<'a> {
    Login(Login<'a>),
    Logout(Logout),
    #[wire(unknown)]
    Other(Unknown),
}

#[derive(Protocol)]
enum Ends {
    Logout(Logout),
}

fn main() {
    assert_eq!(Chat::from(Logout).pack().unwrap(), Ends::from(Logout).pack().unwrap());
    assert_eq!(Chat::from(Login("a")).pack().unwrap(), b"\x01\0\0\0\x01a");
    assert!(Chat::Other(Unknown::new(9, vec![])).pack().is_ok());
}
