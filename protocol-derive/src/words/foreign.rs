//! Words that are not ours: of later versions, and of the libraries that users come from.

/// Words that the design knows and this version does not support.
pub(crate) const LATER: &[&str] = &["from", "reply", "state", "then", "version"];

/// What a word of deku, binrw, bin-proto, serde or prost is called here.
pub(crate) fn translation(text: &str) -> Option<&'static str> {
    TRANSLATIONS.iter().find(|(words, _)| words.contains(&text)).map(|(_, cure)| *cure)
}

const TRANSLATIONS: &[(&[&str], &str)] = &[
    (&["big", "be", "big_endian"], "write `endian = big`"),
    (&["little", "le", "little_endian"], "write `endian = little`"),
    (
        &["byte_order", "endianness", "is_big", "is_little"],
        "write `endian = big` or `endian = little`",
    ),
    (&["read_all", "until_eof", "flexible_array_member", "remaining"], "write `rest`"),
    (
        &["bytes_read", "length", "size", "bytes", "prefix"],
        "write `len = u16` for a length in bytes",
    ),
    (&["repeated", "repeat", "length_prefix"], "write `count = u16` for a number of elements"),
    (
        &["id_type", "repr", "discriminant_type", "tag_type"],
        "write `tag = u16` on an enum, or `id = u16` on a message",
    ),
    (&["id_endian"], "write `id = Le<u16>`"),
    (
        &["id_pat", "catch_all", "other", "other_variant", "unknown_variant"],
        "write `unknown` on the variant",
    ),
    (&["discriminant"], "write the discriminant after the variant, `Name = 3`"),
    (&["msg_type", "message_type", "type", "opcode"], "the number is `#[msg_type = 3]`"),
    (
        &["ignore", "skip_encode", "skip_decode", "skip_serializing", "skip_deserializing", "temp"],
        "write `skip`",
    ),
    (&["rename", "alias"], "write `name = \"...\"`"),
    (
        &["reader", "writer", "parse_with", "write_with", "deserialize_with", "serialize_with"],
        "write `with = module`",
    ),
    (&["max_length", "limit", "at_most"], "write `max = 255`"),
    (&["at_least"], "write `min = 1`"),
    (&["optional"], "make the field an `Option`"),
    (&["oneof", "enumeration"], "make the field an enum that derives `Wire`"),
    (
        &["message", "string", "map", "btree_map", "flatten", "borrow"],
        "the type of the field says it",
    ),
    (&["crate_path", "protocol_core"], "write `crate = ::path`"),
    (&["where", "where_clause"], "write `bound(T: ...)`"),
];
