//! The derives where the user's names, prelude, macros and lints are against them: each case packs
//! to the bytes that its layout says, and unpacks them again.

// The prelude and the names of the standard library are as the user wants them here.
mod shadowed {
    #![no_implicit_prelude]
    #![expect(non_camel_case_types, dead_code, reason = "these names are the test")]

    pub(crate) struct Result;
    pub(crate) struct Option;
    pub(crate) struct Vec;
    pub(crate) struct String;
    pub(crate) struct Box;
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Bounds;
    pub(crate) struct Reader;
    pub(crate) trait Wire {}
    pub(crate) trait Pack {}
    pub(crate) trait Order {}
    pub(crate) trait Sink {}
    pub(crate) trait Default {}
    pub(crate) trait From {}
    pub(crate) mod core {}
    pub(crate) mod std {}
    pub(crate) mod alloc {}
    pub(crate) mod protocol_core {}
    pub(crate) const O: () = ();
    pub(crate) const R: () = ();
    pub(crate) const W: () = ();

    pub(crate) mod primitives {
        #![no_implicit_prelude]

        pub(crate) type u8 = ::core::primitive::u16;
        pub(crate) type u16 = ::core::primitive::u8;
        pub(crate) struct u32;
        pub(crate) struct u64;
        pub(crate) struct usize;
        pub(crate) struct bool;
        pub(crate) struct str;
        pub(crate) struct i128;

        #[derive(
            ::protocol_core::Message,
            ::core::fmt::Debug,
            ::core::clone::Clone,
            ::core::cmp::PartialEq,
        )]
        #[msg_type = 7]
        pub(crate) struct Renamed {
            pub(crate) two: u8,
            pub(crate) one: u16,
            pub(crate) kind: super::Kind,
            #[wire(len = u16)]
            pub(crate) text: ::std::string::String,
        }
    }

    #[derive(
        ::protocol_core::Wire, ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq,
    )]
    #[repr(u8)]
    pub(crate) enum Kind {
        Ok,
        Err = 4,
        #[wire(unknown)]
        Some(::core::primitive::u8),
    }

    #[derive(
        ::protocol_core::Message, ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq,
    )]
    #[msg_type = 8]
    #[wire(trailing = ignore, reply = Skips | primitives::Renamed)]
    pub(crate) struct Skips {
        #[wire(skip)]
        pub(crate) cache: u32,
        #[wire(count = u8, max = 3)]
        pub(crate) items: ::std::vec::Vec<::core::option::Option<Kind>>,
    }

    #[derive(
        ::protocol_core::Protocol, ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq,
    )]
    pub(crate) enum Chat {
        #[wire(from = server)]
        Err(primitives::Renamed),
        Ok(::std::boxed::Box<Skips>),
        #[wire(unknown)]
        None(::protocol_core::Unknown),
    }
}

// The same for what stands behind a header.
mod shadowed_header {
    #![no_implicit_prelude]
    #![expect(dead_code, reason = "these names are the test")]

    pub(crate) struct Clone;
    pub(crate) struct Default;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) trait Header {}
    pub(crate) trait Number {}
    pub(crate) mod core {}

    #[derive(
        ::protocol_core::Wire,
        ::core::fmt::Debug,
        ::core::clone::Clone,
        ::core::default::Default,
        ::core::cmp::PartialEq,
    )]
    pub(crate) struct Start {
        #[wire(role = id)]
        pub(crate) r#type: ::core::primitive::u8,
        #[wire(role = correlation)]
        pub(crate) stream: ::core::primitive::u8,
        pub(crate) flag: ::core::primitive::bool,
        #[wire(role = len, of = frame * 2 - 1)]
        pub(crate) length: ::core::primitive::u16,
    }

    #[derive(
        ::protocol_core::Message, ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq,
    )]
    #[msg_type = 3]
    #[wire(header = Start { stream: 7 })]
    pub(crate) struct Flagged<'a, T> {
        #[wire(header = flag)]
        pub(crate) flag: ::core::primitive::bool,
        pub(crate) value: T,
        #[wire(rest)]
        pub(crate) text: &'a ::core::primitive::str,
    }

    #[derive(
        ::protocol_core::Protocol, ::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq,
    )]
    #[wire(header = Start, state = Some)]
    pub(crate) enum Chat<'a> {
        #[wire(from = client, state = Some | None, then = None)]
        Flagged(::std::boxed::Box<Flagged<'a, ::core::primitive::u8>>),
        #[wire(unknown)]
        Other(::protocol_core::Unknown<Start>),
    }
}

// Another name for the crate, and no dependency of the old name in scope.
mod facade {
    pub(crate) use ::protocol_core as inner;
}

mod renamed {
    use super::facade::inner::{Message, Protocol, Wire};

    #[derive(Wire, Debug, PartialEq)]
    #[wire(crate = crate::facade::inner)]
    pub(crate) struct Point(pub(crate) u8, pub(crate) u8);

    #[derive(Message, Debug, PartialEq)]
    #[msg_type = 2]
    #[wire(crate = super::facade::inner)]
    pub(crate) struct Line {
        pub(crate) points: [Point; 2],
    }

    #[derive(Protocol, Debug, PartialEq)]
    #[wire(crate = crate::facade::inner)]
    pub(crate) enum Drawing {
        Line(Line),
    }
}

use std::fmt::Debug;

use protocol_core::{Message, Pack, Protocol, Unpack, Wire};

/// The value packs to the bytes, and the bytes unpack to the value.
#[track_caller]
fn both_ways<'a, T: Pack + Unpack<'a> + PartialEq + Debug>(value: &T, bytes: &'a [u8]) {
    assert_eq!(value.pack().expect("it packs"), bytes);
    assert_eq!(&T::unpack(bytes).expect("it unpacks"), value);
}

#[test]
fn shadowed_names() {
    let renamed = shadowed::primitives::Renamed {
        two: 0x0102,
        one: 3,
        kind: shadowed::Kind::Err,
        text: "é".into(),
    };
    both_ways(&renamed, b"\x07\x01\x02\x03\x04\x00\x02\xc3\xa9");
    let skips = shadowed::Skips { cache: 0, items: vec![None, Some(shadowed::Kind::Some(9))] };
    both_ways(&skips, b"\x08\x02\x00\x01\x09");
    both_ways(&shadowed::Chat::from(skips), b"\x08\x02\x00\x01\x09");
    both_ways(&shadowed::Chat::from(renamed), b"\x07\x01\x02\x03\x04\x00\x02\xc3\xa9");
}

#[test]
fn shadowed_names_of_a_header() {
    let flagged = shadowed_header::Flagged { flag: true, value: 4_u8, text: "hi" };
    let bytes = b"\x03\x07\x01\x00\x0f\x04hi";
    both_ways(&flagged, bytes);
    both_ways(&shadowed_header::Chat::from(flagged), bytes);
}

#[test]
fn renamed_crate() {
    let line = renamed::Line { points: [renamed::Point(1, 2), renamed::Point(3, 4)] };
    both_ways(&renamed::Drawing::Line(line), b"\x02\x01\x02\x03\x04");
}

#[test]
fn raw_identifiers() {
    #[derive(Message, Debug, PartialEq)]
    #[msg_type = 1]
    struct r#Struct {
        r#type: u8,
        r#match: u16,
        #[wire(name = "fn")]
        gen_: r#enum,
    }

    #[derive(Wire, Debug, PartialEq)]
    #[expect(non_camel_case_types, reason = "the raw name is the test")]
    enum r#enum {
        r#loop { r#in: u8 },
    }

    let value = r#Struct { r#type: 1, r#match: 2, gen_: r#enum::r#loop { r#in: 3 } };
    both_ways(&value, b"\x01\x01\x00\x02\x00\x03");
    let error = r#Struct::unpack(b"\x01").expect_err("nothing follows the number");
    assert!(error.to_string().contains("Struct.type"), "{error}");
    let error = r#Struct::unpack(b"\x01\x01\x00\x02\x00").expect_err("a byte is missing");
    assert!(error.to_string().contains("Struct.fn.loop.in"), "{error}");
}

macro_rules! record {
    ($name:ident, $number:expr, $value:literal, $lifetime:lifetime, $width:ty, $max:expr,
     { $($field:ident: $ty:ty),* }) => {
        #[derive(Message, Debug, PartialEq)]
        #[msg_type($number)]
        #[wire(id = $width)]
        struct $name<$lifetime> {
            $($field: $ty,)*
            #[wire(len = $width, max = $max)]
            text: &$lifetime str,
            #[wire(skip, default = $value)]
            skipped: u64,
        }
    };
}

#[test]
fn tokens_out_of_macros() {
    const NUMBER: u16 = 0x0102;
    record!(First, NUMBER + 1, 9, 'a, u16, 2 + 3, { x: u8, y: Option<Vec<u8>> });
    record!(Second, 300, 8, 'b, u16, 5, { x: (u8, [u16; 2]) });
    let first = First { x: 1, y: Some(vec![7]), text: "hi", skipped: 9 };
    both_ways(&first, b"\x01\x03\x01\x01\x00\x00\x00\x01\x07\x00\x02hi");
    let second = Second { x: (1, [2, 3]), text: "hello", skipped: 8 };
    both_ways(&second, b"\x01\x2c\x01\x00\x02\x00\x03\x00\x05hello");
    let long = Second { text: "hello!", ..second };
    assert!(long.pack().is_err(), "`max` out of a macro counts");
}

#[test]
fn items_in_a_function_body() {
    #[derive(Message, Debug, PartialEq)]
    #[msg_type = b'L']
    struct Login<'a, T: Clone, const N: usize = 2>
    where
        T: PartialEq,
    {
        items: [T; N],
        self_: &'a [u8],
    }

    #[derive(Message, Debug, PartialEq)]
    #[msg_type = b'Q']
    #[wire()]
    struct Quit;

    #[derive(Protocol, Debug, PartialEq)]
    enum Chat<'a> {
        Login(Login<'a, u16>),
        Quit(Quit),
    }

    both_ways(
        &Chat::Login(Login { items: [1, 2], self_: b"x" }),
        b"L\x00\x01\x00\x02\x00\x00\x00\x01x",
    );
    both_ways(&Chat::from(Quit), b"Q");
    assert_eq!(Quit::try_from(Chat::Quit(Quit)), Ok(Quit));
}

#[test]
fn nested_and_packed() {
    #[derive(Wire, Debug, Clone, Copy, PartialEq)]
    #[repr(C, packed)]
    struct Packed {
        a: u8,
        b: u32,
    }

    #[derive(Wire, Debug, PartialEq)]
    #[wire(endian = little)]
    struct Tuple(u16, #[wire(endian = big)] u16, Packed);

    #[derive(Wire, Debug, PartialEq)]
    struct Tree {
        value: u8,
        next: Option<Box<Self>>,
    }

    both_ways(&Tuple(1, 2, Packed { a: 3, b: 4 }), &[1, 0, 0, 2, 3, 4, 0, 0, 0]);
    let tree = Tree { value: 1, next: Some(Box::new(Tree { value: 2, next: None })) };
    both_ways(&tree, &[1, 1, 2, 0]);
}

mod halves {
    use protocol_core::{Fault, Reader, Sink};

    pub(crate) fn pack<W: Sink>(value: &u16, w: &mut W) -> Result<(), Fault> {
        w.put([(*value / 2).to_le_bytes()[0]])
    }

    pub(crate) fn unpack(r: &mut Reader<'_, '_>) -> Result<u16, Fault> {
        let [half] = r.take::<1>()?;
        Ok(u16::from(half) * 2)
    }
}

#[test]
fn code_of_the_user() {
    #[derive(Message, Debug, PartialEq)]
    #[msg_type = 5]
    struct Doubled {
        before: u8,
        #[wire(with = halves)]
        value: u16,
        #[wire(with = self::halves, name = "second")]
        other: u16,
        after: u8,
    }

    both_ways(&Doubled { before: 1, value: 6, other: 8, after: 2 }, b"\x05\x01\x03\x04\x02");
}
