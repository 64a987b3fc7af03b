//! The words of `#[wire(...)]` as constants, each with its documentation, for editors alone.
//!
//! The derive hands the words that it read to the macro [`__words`], which makes nothing of them. Under
//! rust-analyzer, which sets a `cfg` of its own, it names the constants here: so their documentation is shown at
//! the word, and their names complete one that is half typed. The `cfg` stands here and not in generated code,
//! where the lints of the user's crate would ask about it.

/// Takes the words of an item, by the places they stand at.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __words {
    ($($words:tt)*) => {};
}

/// Names the words of an item, by the places they stand at, and the fields that they name, by their bodies.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __words {
    ($($place:ident: $($word:ident)*;)* $(@ $body:path: $($field:ident)*;)*) => {
        const _: () = {
            $({
                #[allow(unused_imports, reason = "a word that nobody knows is in none of them")]
                use $crate::__rt::words_at::$place::*;
                $(let _ = $word;)*
                let _ = ();
            })*
            $($(let _ = |body| if let $body { $field: _, .. } = body {};)*)*
        };
    };
}

#[cfg(rust_analyzer)]
pub use places::*;

/// The words by where they go.
#[cfg(rust_analyzer)]
mod places {
    #![allow(non_upper_case_globals, reason = "the constants are words")]

    macro_rules! words {
        ($($(#[$doc:meta])* $word:ident)*) => {$(
            $(#[$doc])*
            pub const $word: () = ();
        )*};
    }

    mod of_containers {
        words! {
            /// `bit_order = lsb`
            ///
            /// Which bits of a byte the first bit field takes: `msb`, the most significant, or `lsb`.
            bit_order
            /// `bound(T: Wire<'a>)`
            ///
            /// The where-clauses of the impls, in place of those that the derive would write.
            bound
            /// `depth = 64`
            ///
            /// How deep values of a type may stand in each other that contains itself.
            depth
            /// `max_len = 512`
            ///
            /// The most bytes of a whole value, checked in both directions.
            max_len
            /// `trailing = ignore`
            ///
            /// What becomes of bytes behind the value: `ignore` passes them over, `keep` puts them into the last field.
            trailing
            /// `warn(growth)`
            ///
            /// Warns of fields that no later version can extend.
            warn
        }
    }

    mod of_fields {
        words! {
            /// `after(crc: u32 = crc32(kind..=body))`
            ///
            /// A value that stands on the wire behind this field and not in the struct. Reading checks it.
            after
            /// `align = 4`
            ///
            /// Zero bytes before this field, up to a multiple of 4 from the start of the struct. Reading checks them.
            align
            /// `as = U24`
            ///
            /// The type on the wire; the value is converted by `TryFrom` and `From`.
            r#as
            /// `before(n: u16 = count(items))`
            ///
            /// A value that stands on the wire before this field and not in the struct. Reading checks it.
            before
            /// `bits = 3`
            ///
            /// A field of so many bits, in bytes that it shares with its neighbours.
            bits
            /// `check(low <= high, "low is above high")`
            ///
            /// A condition that must hold, when packing and when unpacking, and what the error says.
            check
            /// `checksum = crc32(kind..=body)`
            ///
            /// This field is a function of the bytes of the fields from one to another; its own count as zero.
            checksum
            /// `default = 0`
            ///
            /// The value of a field that is skipped, or that the version does not have.
            default
            /// `header = flags`
            ///
            /// This field is that field of the header, and does not stand in the body.
            header
            /// `if(flags & 1 != 0)`
            ///
            /// Whether the `Option` is there. Where it can, packing sets the flag.
            r#if
            /// `of = body`
            ///
            /// What the length counts: `body`, `frame`, or arithmetic with one of them.
            of
            /// `optional_tail`
            ///
            /// The `Option` is there if bytes are left.
            optional_tail
            /// `pad = 2`
            ///
            /// So many zero bytes before this field. Reading checks them.
            pad
            /// `range = 1..=100`
            ///
            /// The numbers allowed, checked in both directions.
            range
            /// `removed = 5`
            ///
            /// The version from which on the field is not there.
            removed
            /// `reserved`
            ///
            /// Always the default of its type: written so, and checked on reading.
            reserved
            /// `role = len`
            ///
            /// What the field of a header says of the body: `id`, `len` or `correlation`.
            role
            /// `secret`
            ///
            /// Its bytes and its value stand in no error and no explanation.
            secret
            /// `since = 2`
            ///
            /// The version from which on the field is there.
            since
            /// `skip`
            ///
            /// Not on the wire: reading makes the default of its type, or what `default` says.
            skip
            /// `tag = kind`
            ///
            /// The earlier field that holds the tag of the enum.
            tag
            /// `value = 0x55`
            ///
            /// What is written, whatever the struct holds, and checked on reading.
            value
            /// `with = module`
            ///
            /// `module::pack` and `module::unpack` are the format of the field.
            with
        }
    }

    mod of_extents {
        words! {
            /// `count = u16`
            ///
            /// How many elements: the width of a number before them, an earlier field, or a constant.
            count
            /// `item(len = u16)`
            ///
            /// The format of each element, of an `Option`'s value, or of a map's values.
            item
            /// `key(len = u16)`
            ///
            /// The format of a map's keys.
            key
            /// `len = u16`
            ///
            /// How many bytes: the width of a number before them, an earlier field, or a constant.
            len
            /// `max = 255`
            ///
            /// The most bytes or elements, checked in both directions.
            max
            /// `min = 1`
            ///
            /// The fewest bytes or elements, checked in both directions.
            min
            /// `pad_to = 20`
            ///
            /// A field of always so many bytes, filled up with zeros.
            pad_to
            /// `rest`
            ///
            /// All bytes that are left, or all but those of fixed fields behind it.
            rest
            /// `until = 0`
            ///
            /// A byte that stands behind the bytes or elements and not among them.
            until
        }
    }

    mod of_all {
        words! {
            /// `endian = little`
            ///
            /// The order of bytes, `big` or `little`; what says nothing inherits that of what it stands in.
            endian
            /// `magic = b"AA"`
            ///
            /// Constant bytes in front: written, and checked on reading.
            magic
            /// `name = "type"`
            ///
            /// The name in errors and explanations.
            name
        }
    }

    mod of_enums {
        words! {
            /// `len = u16`
            ///
            /// The width of a length in bytes between the tag and the fields.
            len
            /// `tag = u16`
            ///
            /// The width of the tag before the fields, and its order: `u8` to `u64`, `varint`, `Le<u16>`.
            tag
        }
    }

    mod of_protocols {
        words! {
            /// `duplicate_ids`
            ///
            /// Messages may have the same number: the protocol is only sent.
            duplicate_ids
            /// `reserved(0, 200..=255)`
            ///
            /// Numbers that no message may have.
            reserved
            /// `version = 2`
            ///
            /// The version of the layout that the protocol speaks, if not the newest.
            version
        }
    }

    mod of_conversations {
        words! {
            /// `from = client`
            ///
            /// Which side may send the message: `client` or `server`.
            from
            /// `state = Active`
            ///
            /// The state of the conversation in which the message may be sent.
            state
            /// `then = Active`
            ///
            /// The state that the message leads to.
            then
        }
    }

    mod of_starts {
        words! {
            /// `state = Start`
            ///
            /// The state in which a conversation begins.
            state
        }
    }

    mod of_calls {
        words! {
            /// `reply = LoginAck`
            ///
            /// The message that answers this one, or two that may: `LoginAck | Refused`.
            reply
        }
    }

    mod of_messages {
        words! {
            /// `header = Header`
            ///
            /// The struct that stands before the body, with the fields that have a `role`.
            header
            /// `id = u16`
            ///
            /// The width of the message's number, and its order: `u8`, `u16`, `u32`, `Le<u16>`.
            id
        }
    }

    mod of_variants {
        words! {
            /// `tag = 3`
            ///
            /// The tag of the variant, or a range of tags, of which its first field holds one.
            tag
            /// `unknown`
            ///
            /// The variant that keeps what no other stands for.
            unknown
        }
    }

    /// A message.
    pub mod message {
        pub use super::of_all::{endian, magic, name};
        pub use super::of_calls::reply;
        pub use super::of_containers::{bit_order, bound, depth, max_len, trailing, warn};
        pub use super::of_messages::{header, id};
    }

    /// A struct that is a part.
    pub mod part_struct {
        pub use super::of_all::{endian, magic, name};
        pub use super::of_containers::{bit_order, bound, depth, max_len, trailing, warn};
    }

    /// An enum that is a part.
    pub mod part_enum {
        pub use super::of_all::{endian, name};
        pub use super::of_containers::{bit_order, bound, depth, max_len, trailing, warn};
        pub use super::of_enums::{len, tag};
    }

    /// A protocol.
    pub mod protocol {
        pub use super::of_all::{endian, name};
        pub use super::of_containers::bound;
        pub use super::of_messages::{header, id};
        pub use super::of_protocols::{duplicate_ids, reserved, version};
        pub use super::of_starts::state;
    }

    /// A variant of a part.
    pub mod variant {
        pub use super::of_all::name;
        pub use super::of_variants::{tag, unknown};
    }

    /// A variant of a protocol.
    pub mod protocol_variant {
        pub use super::of_conversations::{from, state, then};
        pub use super::of_variants::unknown;
    }

    /// A field.
    pub mod field {
        pub use super::of_all::{endian, magic, name};
        pub use super::of_extents::{count, item, key, len, max, min, pad_to, rest, until};
        pub use super::of_fields::{
            after, align, r#as, before, bits, check, checksum, default, header, r#if, of,
            optional_tail, pad, range, removed, reserved, role, secret, since, skip, tag, value,
            with,
        };
    }

    /// Within `item(...)`.
    pub mod item {
        pub use super::of_all::endian;
        pub use super::of_extents::{count, item, key, len, max, min, pad_to, rest, until};
        pub use super::of_fields::r#as;
    }

    /// Within `key(...)`.
    pub mod key {
        pub use super::of_all::endian;
        pub use super::of_extents::{count, item, key, len, max, min, pad_to, rest, until};
        pub use super::of_fields::r#as;
    }
}
