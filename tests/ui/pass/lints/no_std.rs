// errors: 0
#![no_std]
#![no_implicit_prelude]
//! The impls name nothing of `std`.

#[derive(::protocol_core::Message)]
#[msg_type = 1]
struct Login {
    id: u32,
    name: [u8; 4],
}

#[derive(::protocol_core::Protocol)]
enum Chat {
    Login(Login),
}

fn main() {
    let chat = Chat::Login(Login { id: 1, name: *b"anna" });
    let mut buffer = [0; 16];
    ::core::assert!(::protocol_core::Pack::pack_slice(&chat, &mut buffer).is_ok());
    ::core::assert_eq!(buffer[..5], [1, 0, 0, 0, 1]);
}
