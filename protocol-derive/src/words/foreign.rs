//! Words that are not ours, of the libraries that users come from.
//!
//! deku 0.20, binrw 0.15, dylanmckay's protocol 3.4 and bin-proto 0.12 in full; of serde and prost what
//! has a meaning here. The guide's page `from_other_crates` has the same list for readers.

use super::Place;

/// What a word of deku, binrw, protocol, bin-proto, serde or prost at this place is called here.
pub(crate) fn translation(text: &str, place: Place) -> Option<&'static str> {
    let at = At::of(place);
    let found = |it: &&Translation| it.words.contains(&text) && (it.at == At::Any || it.at == at);
    TRANSLATIONS.iter().find(found).map(|it| it.cure)
}

/// The places that a word of another library can mean different things at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Any,
    Container,
    Variant,
    Field,
}

impl At {
    fn of(place: Place) -> At {
        match place {
            Place::Message | Place::PartStruct | Place::PartEnum | Place::Protocol => At::Container,
            Place::Variant | Place::ProtocolVariant => At::Variant,
            Place::Field | Place::ProtocolField | Place::Item | Place::Key => At::Field,
        }
    }
}

struct Translation {
    words: &'static [&'static str],
    at: At,
    cure: &'static str,
}

const fn anywhere(words: &'static [&'static str], cure: &'static str) -> Translation {
    Translation { words, at: At::Any, cure }
}

const fn on(at: At, words: &'static [&'static str], cure: &'static str) -> Translation {
    Translation { words, at, cure }
}

/// What seeks in files.
const LEFT_OUT: &str =
    "a message is read once from front to back; for files with offsets use binrw";

/// What hands values to a part.
const ARGUMENTS: &str = "a part takes no arguments; relations of its own fields, such as `len = n` \
                         or `if(n == 1)`, name earlier fields, and `tag = kind` chooses a variant";

/// What a catch-all variant is called.
const UNKNOWN: &str = "write `unknown` on the variant";

/// What a variant's number is called.
const NUMBER_OF_VARIANT: &str =
    "write the discriminant after the variant, `Name = 3`, or `tag = 3`";

/// The first that fits a word and its place counts.
const TRANSLATIONS: &[Translation] = &[
    // Order.
    anywhere(&["big", "be", "big_endian"], "write `endian = big`"),
    anywhere(&["little", "le", "little_endian"], "write `endian = little`"),
    anywhere(
        &["byte_order", "endianness", "is_big", "is_little"],
        "write `endian = big` or `endian = little`",
    ),
    anywhere(&["id_endian"], "write `tag = Le<u16>` on an enum, or `id = Le<u16>` on a message"),
    // Extent.
    anywhere(
        &["read_all", "until_eof", "flexible_array_member", "remaining", "untagged"],
        "write `rest`",
    ),
    on(
        At::Container,
        &["bytes", "bits"],
        "the width of a tag is `tag = u16`; one of less than a byte is `bits = 3` on the field that \
         holds the enum",
    ),
    anywhere(&["bytes_read"], "write `len = n`, with the earlier field `n`, for a length in bytes"),
    anywhere(&["bits_read"], "write `len = n`: lengths are in bytes"),
    anywhere(
        &["length", "lenght", "size", "bytes", "prefix"],
        "write `len = u16` for a length in bytes",
    ),
    anywhere(
        &["length_prefix"],
        "write `len = n` for the bytes or `count = n` for the elements that the field `n` counts, \
         or `count = u16` for a number that stands in front",
    ),
    anywhere(&["repeated", "repeat", "elements"], "write `count = u16` for a number of elements"),
    on(At::Field, &["tag_type"], "write `len = u16` or `count = u16`"),
    on(
        At::Field,
        &["tag_value"],
        "a length or a count is derived; write `len = u16` or `count = u16`",
    ),
    anywhere(&["max_length", "limit", "at_most"], "write `max = 255`"),
    anywhere(&["at_least"], "write `min = 1`"),
    // Gaps.
    anywhere(&["pad_bytes_before", "pad_before"], "write `pad = 2`"),
    anywhere(&["pad_bytes_after", "pad_after"], "write `pad = 2` on the next field"),
    anywhere(
        &["pad_bits_before", "pad_bits_after"],
        "write a field for them: `#[wire(bits = 3, reserved)]`",
    ),
    anywhere(&["align_before"], "write `align = 4`"),
    anywhere(&["align_after"], "write `align = 4` on the next field"),
    anywhere(&["pad_size_to"], "write `pad_to = 20`"),
    // Values.
    anywhere(
        &["update"],
        "what counts something is derived: write `len = n` or `count = n` there, or `value = ...` here",
    ),
    anywhere(
        &["temp", "temp_value"],
        "what is only on the wire is `before(n: u16 = count(items))` of the next field",
    ),
    anywhere(&["calc", "try_calc", "write_value"], "write `value = ...`"),
    anywhere(&["assert", "validate"], "write `check(low <= high, \"low is above high\")`"),
    anywhere(&["assert_eq"], "write `value = 3`, which is written and checked"),
    anywhere(&["const", "constant"], "write `value = 3`, or `magic = b\"AB\"` before a field"),
    anywhere(
        &["crc", "crc8", "crc16", "crc32"],
        "write `checksum = crc32(first..=last)`, with the first and the last field that it covers",
    ),
    anywhere(&["cond"], "write `if(n == 1)` on an `Option`"),
    anywhere(&["optional"], "make the field an `Option`"),
    anywhere(
        &["ignore", "skip_encode", "skip_decode", "skip_serializing", "skip_deserializing"],
        "write `skip`",
    ),
    anywhere(
        &["reader", "writer", "parse_with", "write_with", "deserialize_with", "serialize_with"],
        "write `with = module`",
    ),
    anywhere(
        &["map", "try_map"],
        "write `as = WireType` or `with = module` to convert; a map is a `BTreeMap`",
    ),
    anywhere(&["try_from", "into"], "write `as = WireType`"),
    // Enums.
    on(At::Field, &["repr"], "write `as = u16`"),
    anywhere(
        &["id_type", "repr", "discriminant_type", "tag_type"],
        "write `tag = u16` on an enum, or `id = u16` on a message",
    ),
    on(At::Container, &["discriminant"], "write `tag = u16`: a tag is a number"),
    anywhere(&["discriminant", "discriminator"], NUMBER_OF_VARIANT),
    on(At::Variant, &["id", "magic"], NUMBER_OF_VARIANT),
    on(At::Variant, &["id_pat"], "write `unknown`, or `tag = 3..=7` for a range"),
    on(At::Variant, &["default"], UNKNOWN),
    anywhere(&["id_pat", "catch_all", "other", "other_variant", "unknown_variant"], UNKNOWN),
    anywhere(
        &["pre_assert"],
        "write `tag = kind` on the field that holds the enum, with the earlier field `kind`",
    ),
    anywhere(
        &["return_all_errors", "return_unexpected_error"],
        "a variant is chosen by its tag and never by trial",
    ),
    anywhere(&["oneof", "enumeration"], "make the field an enum that derives `Wire`"),
    anywhere(&["msg_type", "message_type", "type", "opcode"], "the number is `#[msg_type = 3]`"),
    // What is around.
    anywhere(
        &["ctx", "ctx_default", "ctx_bounds", "args", "args_raw", "import", "import_raw"],
        ARGUMENTS,
    ),
    anywhere(&["dbg"], "call `explain` on the bytes"),
    anywhere(
        &["err_context"],
        "errors name the field and the place; `name = \"...\"` changes the name",
    ),
    anywhere(
        &["map_stream", "stream"],
        "a checksum is `checksum = crc32(a..=b)`; what is encrypted is opened before it is unpacked",
    ),
    anywhere(
        &[
            "seek_from_current",
            "seek_from_end",
            "seek_from_start",
            "seek_rewind",
            "seek_before",
            "restore_position",
            "offset",
        ],
        LEFT_OUT,
    ),
    anywhere(
        &["try"],
        "nothing is read by trial; write `if(n == 1)` or `optional_tail` on an `Option`",
    ),
    anywhere(&["rename", "alias"], "write `name = \"...\"`"),
    anywhere(
        &["message", "string", "btree_map", "flatten", "borrow"],
        "the type of the field says it",
    ),
    anywhere(&["crate_path", "protocol_core"], "write `crate = ::path`"),
    anywhere(&["where", "where_clause"], "write `bound(T: ...)`"),
];
