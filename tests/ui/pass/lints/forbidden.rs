// errors: 0
#![forbid(
    unsafe_code,
    missing_docs,
    unused_qualifications,
    unreachable_pub,
    single_use_lifetimes,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    unused_variables,
    unused_mut,
    unreachable_code,
    unreachable_patterns,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    trivial_casts,
    trivial_numeric_casts,
    unused_lifetimes,
    unused_results,
    unused_import_braces,
    variant_size_differences,
    missing_copy_implementations
)]
//! Generated code asks for no lint to be relaxed.

use std::error::Error;

use protocol_core::{Message, Pack, Protocol, Unknown, Unpack, Wire};

#[derive(Message, Clone, Copy)]
#[msg_type = 1]
#[wire(id = u16, reply = Logout)]
struct Logout;

#[derive(Message)]
#[msg_type = 2]
#[wire(id = u16)]
struct Data<'a, T: Clone> {
    text: &'a str,
    #[wire(count = u8, item(len = u16), key(endian = little))]
    map: std::collections::BTreeMap<u16, String>,
    items: Vec<T>,
    #[wire(skip)]
    cache: u64,
    kind: Kind,
    tree: Tree,
}

#[derive(Wire)]
enum Kind {
    A,
    B {
        x: u8,
        #[wire(skip)]
        y: u8,
    },
    C(u8, u16),
    #[wire(unknown)]
    Other(u8),
}

#[derive(Wire)]
struct Tree {
    next: Option<Box<Tree>>,
}

#[derive(Protocol)]
#[wire(id = u16, reserved(0, 9..=10))]
enum Chat<'a> {
    Logout(Logout),
    Data(Box<Data<'a, u8>>),
    #[wire(unknown)]
    Other(Unknown),
}

#[derive(Wire, Default, Clone, Copy)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    flag: bool,
    key_len: u8,
    #[wire(role = len, of = frame)]
    length: u16,
}

#[derive(Message)]
#[msg_type = 7]
#[wire(header = Start { flag: true })]
struct Keyed<'a> {
    #[wire(len = header.key_len)]
    key: &'a str,
}

#[derive(Message, Clone, Copy)]
#[msg_type = 8]
#[wire(header = Start)]
struct Flag {
    #[wire(header = flag)]
    flag: bool,
}

enum Open {}

enum Busy {}

#[derive(Protocol)]
#[wire(header = Start, state = Open)]
enum Headed<'a> {
    #[wire(from = client, state = Open | Busy, then = Busy)]
    Keyed(Box<Keyed<'a>>),
    #[wire(from = server, then = Open)]
    Flag(Flag),
    #[wire(unknown)]
    Other(Unknown<Start>),
}

#[derive(Protocol)]
#[wire(header = Start, duplicate_ids)]
enum Sent {
    Flag(Flag),
}

#[derive(Protocol)]
#[wire(id = u16)]
enum One {
    Logout(Logout),
}

fn main() -> Result<(), Box<dyn Error>> {
    assert_eq!(Chat::from(Logout).pack()?, b"\x00\x01");
    assert!(matches!(One::unpack(b"\x00\x01")?, One::Logout(Logout)));
    assert_eq!(Headed::from(Keyed { key: "k" }).pack()?, b"\x07\x01\x01\0\x06k");
    assert_eq!(Sent::from(Flag { flag: true }).pack()?, b"\x08\x01\0\0\x05");
    Ok(())
}
