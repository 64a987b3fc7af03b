"""The bytes that each test message must have, computed by `struct` from the rules of the wire.

Prints one line a message: its name, its bytes in hex, and the places of its lengths and counts as
`offset:width:bytes of the largest value`. The output stands in golden.txt. Nothing here knows the
Rust code: a change of the wire must be made in both.
"""

import binascii
import struct
import zlib


class Length(bytes):
    """The bytes of a length or count, which remember the largest number of their kind."""

    def __new__(cls, value, largest):
        self = super().__new__(cls, value)
        self.largest = largest
        return self


def be(fmt, *values):
    return struct.pack(">" + fmt, *values)


def le(fmt, *values):
    return struct.pack("<" + fmt, *values)


def number(kind, n):
    """An unsigned number as `u8`, `u24` or `u48le`: the bytes that `struct` makes of 64 bits, cut."""
    width = int(kind.removesuffix("le")[1:]) // 8
    if kind.endswith("le"):
        assert struct.pack("<Q", n)[width:] == bytes(8 - width)
        return struct.pack("<Q", n)[:width]
    assert struct.pack(">Q", n)[: 8 - width] == bytes(8 - width)
    return struct.pack(">Q", n)[8 - width :]


def varint(n):
    """LEB128: seven bits a byte, the lowest first, the high bit on all but the last."""
    out = []
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes(out + [n])


def length(kind, n):
    if kind == "varint":
        return Length(varint(n), varint(2**64 - 1))
    plain = number(kind, n)
    return Length(plain, b"\xff" * len(plain))


def text(value, kind="u32"):
    """Text or bytes behind their length."""
    data = value.encode() if isinstance(value, str) else value
    return [length(kind, len(data)), data]


def items(elements, kind="u32"):
    """Elements behind their count."""
    return [length(kind, len(elements)), *elements]


def some(*pieces):
    return [b"\x01", *pieces]


NONE = b"\x00"


def wide(order, high, low):
    """128 bits, which `struct` does not know: two halves."""
    halves = (high, low) if order == ">" else (low, high)
    signed = "q" if high < 0 else "Q"
    return struct.pack(order + (signed + "Q" if order == ">" else "Q" + signed), *halves)


def flat(pieces):
    if isinstance(pieces, bytes):
        yield pieces
    else:
        for piece in pieces:
            yield from flat(piece)


def line(name, pieces):
    out, places = b"", []
    for piece in flat(pieces):
        if isinstance(piece, Length):
            places.append(f"{len(out)}:{len(piece)}:{piece.largest.hex()}")
        out += piece
    return f"{name} {out.hex()} {','.join(places) or '-'}"


def point(x, y, pack=be):
    return pack("hh", x, y)


def header(kind, flags, pack=be):
    return pack("BH", kind, flags)


GOLDEN = {}

# numbers.rs
GOLDEN |= {
    "unsigned": [
        be("B", 1), be("B", 0x12), be("H", 0x1234), be("I", 0x12345678),
        be("Q", 0x123456789ABCDEF0), wide(">", 0x0102030405060708, 0x090A0B0C0D0E0F10),
    ],
    "unsigned_little": [
        be("B", 2), le("B", 0x12), le("H", 0x1234), le("I", 0x12345678),
        le("Q", 0x123456789ABCDEF0), wide("<", 0x0102030405060708, 0x090A0B0C0D0E0F10),
    ],
    "signed": [
        be("B", 3), be("b", -2), be("h", -300), be("i", -70000), be("q", -(2**40)),
        wide(">", -1, 2**64 - 5),
    ],
    "signed_little": [
        be("B", 4), le("b", -2), le("h", -300), le("i", -70000), le("q", -(2**40)),
        wide("<", -1, 2**64 - 5),
    ],
    "floats": [be("B", 5), be("f", 1.5), be("d", -0.1), be("f", -0.0), be("d", float("inf"))],
    "floats_little": [
        be("B", 6), le("f", 1.5), le("d", -0.1), le("f", -0.0), le("d", float("inf")),
    ],
    # Not through a Python float, which could quiet a signalling NaN: the bits alone.
    "nans": [be("B", 7), be("I", 0x7FA00001), be("Q", 0xFFF40000DEADBEEF)],
    "non_zero": [
        be("B", 8), be("B", 1), be("H", 2), be("I", 3), be("Q", 4), wide(">", 0, 5),
        be("b", -1), be("h", -2), be("i", -3), be("q", -4), wide(">", -1, 2**64 - 5),
    ],
    "pair": [be("B", 9), be("H", 0xABCD), be("B", 0xEF)],
    "ping": [be("B", 10)],
}

# small.rs
GOLDEN |= {
    "flags": [be("B", 1), be("?", True), be("?", False)],
    "chars": [be("B", 2), be("I", 0x41), be("I", 0xE9), be("I", 0x1F600), be("I", 0x10FFFF)],
    "durations": [
        be("B", 3), be("QI", 0, 0), be("QI", 1, 500_000_000), be("QI", 2**64 - 1, 999_999_999),
    ],
    "duration_little": [be("B", 4), le("Q", 7), le("I", 8)],
    "addresses": [
        be("B", 5),
        bytes([192, 0, 2, 1]),
        be("8H", 0x2001, 0xDB8, 0, 0, 0, 0, 0, 1),
        be("B", 4), bytes([127, 0, 0, 1]),
        be("B", 6), be("8H", 0, 0, 0, 0, 0, 0, 0, 1),
    ],
    "nothing": [be("B", 6), be("B", 0x77)],
    "options": [
        be("B", 7), NONE, some(be("I", 0xCAFE)), some(NONE), some(some(be("B", 9))), some(),
    ],
    "boxes": [be("B", 8), be("I", 0x01020304), text("box"), some(be("H", 0x0506))],
}

# text.rs
GOLDEN |= {
    "texts": [be("B", 1), text("grün"), text("boxed")],
    "texts_empty": [be("B", 1), text(""), text("")],
    "borrowed": [be("B", 2), text("säge"), text(b"\x00\xff"), text("cow"), text(b"\x80\x81")],
    "blob": [be("B", 3), text(b"\xde\xad"), text(b"\xbe\xef\x00")],
}

# arrays.rs
GOLDEN |= {
    "arrays": [
        be("B", 1), b"\x01\x02\x03\x04", be("3H", 5, 6, 7), be("4H", 8, 9, 10, 11),
        point(-1, 2), point(3, -4), text("a"), text("bc"), be("B", 0x5A),
    ],
    "tuples": [
        be("B", 2),
        be("B", 1),
        be("BH", 2, 3),
        be("BHI", 4, 5, 6),
        be("BHIQ", 7, 8, 9, 10),
    ],
    "long_tuples": [
        be("B", 3),
        be("bhiqf", -1, -2, -3, -4, 0.5),
        be("BBBBB?", 1, 2, 3, 4, 5, True),
        be("7B", 1, 2, 3, 4, 5, 6, 7),
        be("7B", 1, 2, 3, 4, 5, 6, 7), text("8"),
    ],
}

# lists.rs
GOLDEN |= {
    "numbers": [
        be("B", 1),
        items([be("H", 1), be("H", 0x0203)]),
        items([be("i", -1)]),
        items([be("d", 2.5)]),
        items([]),
    ],
    "lists": [
        be("B", 2),
        items([text("a"), text("")]),
        items([text(b"\x01\x02"), text(b"")]),
        items([NONE, some(be("H", 7))]),
        items([be("?", True), be("?", False), be("?", True)]),
    ],
    "part_lists": [
        be("B", 3),
        items([point(1, -1), point(2, -2)]),
        items([be("BH", 1, 2)]),
        items([b"\x0a\x0b", b"\x0c\x0d"]),
        items([be("I", 0xFFFFFFFF)]),
    ],
    "slices": [be("B", 4), items([text("un"), text("deux")]), items([text(b"\xff")])],
}

# maps.rs
GOLDEN |= {
    "small_map": [be("B", 1), items([be("BH", 1, 0x0A0B), be("BH", 9, 0x0C0D)])],
    "maps": [
        be("B", 2),
        items([[text("a"), text(b"\x01")], [text("b"), text(b"")]]),
        items([be("b?", -3, True), be("b?", 2, False)]),
        items([[be("BB", 1, 2), NONE], [be("BB", 1, 3), some(be("B", 4))]]),
        items([[be("B", 5), items([be("BB", 6, 7)])]]),
    ],
}

# parts.rs
GOLDEN |= {
    "point": [point(-2, 3)],
    "line": [be("B", 1), point(1, 2), point(-3, -4), be("H", 5)],
    "line_little": [be("B", 2), point(1, 2, le), point(-3, -4, le), le("H", 5)],
    "mixed": [be("B", 3), header(1, 0x0203, le), header(4, 0x0506, be), be("H", 7)],
    "envelope": [be("B", 4), text("ann"), be("H", 0x0102), be("B", 3)],
    "page": [be("B", 5), be("H", 2), items([point(5, 6)])],
    "block": [be("B", 6), be("2I", 1, 2), be("B", 9)],
    "view": [be("B", 7), text("seen"), be("H", 8), text("kept")],
    "wrapped": [be("B", 8), be("I", 7), be("B", 1), text("newtype")],
    "either": [be("B", 9), items([[be("B", 0), be("H", 5)], [be("B", 1), text("r")]])],
}

# enums.rs
GOLDEN |= {
    "shape": [be("B", 2), point(3, 4)],
    "shapes": [
        be("B", 1),
        items([
            be("B", 0),
            [be("B", 1), be("I", 10)],
            [be("B", 2), point(3, 4)],
            [be("B", 7), text("dot"), be("B", 5)],
        ]),
    ],
    "colors": [be("B", 2), be("B", 1), be("B", 5), be("B", 6)],
    "tags": [
        be("B", 3), be("H", 0x0102), be("I", 0x01020304), be("Q", 0x0102030405060708),
        be("H", 0x0103), be("B", 9),
    ],
    "tags_little": [
        be("B", 4), le("H", 0x0102), le("I", 0x01020304), le("Q", 0x0102030405060708),
        le("H", 0x0103), le("B", 9),
    ],
    "codes": [be("B", 5), be("H", 1), be("H", 500), be("H", 404)],
    "event_known": [be("B", 6), be("B", 1), be("I", 77)],
    "event_unknown": [be("B", 6), be("B", 200), b"later"],
    "grades": [be("B", 7), be("B", 3), be("B", 13), be("B", 0), be("B", 9)],
}

# tags.rs
GOLDEN |= {
    "tag_widths": [
        be("B", 1),
        be("B", 0x12), be("B", 1),
        number("u16", 0x1234), be("B", 2),
        number("u24", 0x123456), be("B", 3),
        number("u32", 0x12345678), be("B", 4),
        number("u48", 0x123456789ABC), be("B", 5),
        number("u64", 0x123456789ABCDEF0), be("B", 6),
        varint(300), be("B", 7),
    ],
    "tag_widths_little": [
        be("B", 2),
        number("u16le", 0x1234), be("B", 2),
        number("u24le", 0x123456), be("B", 3),
        number("u32le", 0x12345678), be("B", 4),
        number("u48le", 0x123456789ABC), be("B", 5),
        number("u64le", 0x123456789ABCDEF0), be("B", 6),
        varint(300), be("B", 7),
    ],
    # An ordered tag orders itself alone; the fields keep the order of the message.
    "tags_ordered": [
        be("B", 3), le("H", 0x1234), be("H", 1), be("I", 0x12345678), be("H", 2),
    ],
    "tag_words": [
        be("B", 4),
        be("B", 3), be("H", 7),
        b"A",
        be("B", 0x40), text("const", "u8"),
        be("B", 200), b"kept",
    ],
    "tag_ranges": [
        be("B", 5), be("B", 0),
        be("B", 3), be("H", 10),
        be("B", 7), be("H", 11),
        b"a", b"z",
        be("B", 8),
    ],
    "tags_unknown": [
        be("B", 6), number("u24", 0xFFFFFF), number("u48", 0xFFFFFFFFFFFF), varint(2**64 - 1),
        le("H", 0xFFFF),
    ],
    "tag_far": [be("B", 7), be("H", 5), be("B", 9), be("B", 2)],
    "tag_far_unknown": [be("B", 7), be("H", 300), be("B", 9), b"kept"],
}

# tlv.rs
def tlv(tag, kind, *pieces):
    """A tag, the length of what follows, what follows."""
    data = b"".join(flat(pieces))
    return [tag, length(kind, len(data)), *pieces]


GOLDEN |= {
    "tlv": [
        be("B", 1), be("B", 5),
        tlv(be("B", 1), "u8", be("I", 0xC0000201)),
        tlv(be("B", 2), "u8"),
        tlv(be("B", 3), "u8", b"host"),
        tlv(be("B", 9), "u8", b"later"),
        tlv(be("B", 9), "u8"),
    ],
    "tlv_rest": [
        be("B", 2),
        tlv(be("B", 1), "u8", be("I", 7)), tlv(be("B", 3), "u8", b"a"), tlv(be("B", 2), "u8"),
    ],
    "tlv_nested": [
        be("B", 3), be("B", 2),
        tlv(be("H", 1), "u16le", [
            tlv(be("H", 2), "u16le", be("B", 7)),
            tlv(be("H", 1), "u16le", tlv(be("H", 2), "u16le", be("B", 8))),
        ]),
        tlv(be("H", 1), "u16le"),
    ],
    "tlv_varint": [
        be("B", 4),
        tlv(varint(300), "varint", b"x" * 130),
        tlv(varint(1), "varint", tlv(varint(300), "varint", b"y"), tlv(varint(1), "varint")),
        tlv(varint(400), "varint", b"kept"),
    ],
    "tlv_widths": [
        be("B", 5),
        tlv(b"\x07", "u8", be("H", 1)), tlv(b"\x07", "u16", be("H", 2)),
        tlv(b"\x07", "u24", be("H", 3)), tlv(b"\x07", "u32", be("H", 4)),
        tlv(b"\x07", "u48", be("H", 5)), tlv(b"\x07", "u64", be("H", 6)),
    ],
}

# bits.rs
def bits(*fields, lsb=False):
    """Pairs of a width and a number, as a string of binary digits cut into bytes."""
    digits = [format(n % 2**width, f"0{width}b") for width, n in fields]
    # From the least significant bit on, the later field stands to the left of the earlier one.
    joined = "".join(reversed(digits) if lsb else digits)
    assert len(joined) % 8 == 0
    data = bytes(int(joined[at : at + 8], 2) for at in range(0, len(joined), 8))
    return data[::-1] if lsb else data


GOLDEN |= {
    "bits_msb": [be("B", 1), b"\x45", b"\xa9", be("H", 0x1234)],
    "bits_lsb": [be("B", 2), b"\x54", b"\x6a", be("H", 0x1234)],
    "bits_across": [be("B", 3), bits((3, 5), (13, 0x123)), bits((1, 1), (20, 0x54321), (3, 6))],
    "bits_across_lsb": [
        be("B", 4), bits((3, 5), (13, 0x123), lsb=True),
        bits((1, 1), (20, 0x54321), (3, 6), lsb=True),
    ],
    "bits_types": [
        be("B", 5), bits((4, -3), (1, 1), (2, 3), (3, 5), (10, -512), (20, 0x1F600)),
    ],
    "bits_bytes": [
        be("B", 6), number("u24", 0x010203), be("BI", 4, 0x05060708), b"\xff\xff\xfe",
        number("u24", 0x0A0B0C),
    ],
    "bits_bytes_lsb": [be("B", 7), number("u24le", 0x010203), number("u40le", 0x0405060708)],
    "bits_longest": [
        be("B", 8), bits((1, 1), (60, 0x0123456789ABCDEF), (63, -5), (4, 9)),
        bits((1, 1), (127, -(2**126)), lsb=True), bytes(range(1, 17)),
    ],
    "bits_reserved": [be("B", 9), bits((2, 0), (5, 21), (1, 1)), b"\x7f", b"\x01"],
    "bits_inside": [
        be("B", 10), length("u8", 2),
        be("B", 1), bits((3, 5), (5, 17), lsb=True),
        be("B", 2), bits((12, 0xABC), (4, 3), lsb=True), be("B", 7),
    ],
    "bits_told": [be("B", 11), b"\x43", be("3H", 1, 2, 3)],
}

# recursive.rs
GOLDEN |= {
    "tree": [
        be("B", 1), be("B", 1),
        items([[be("B", 2), items([])], [be("B", 3), items([[be("B", 4), items([])]])]]),
    ],
    "chain": [be("B", 2), be("H", 1), some(be("H", 2), some(be("H", 3), NONE))],
    "sum": [
        be("B", 3),
        be("B", 1), be("B", 0), be("i", 20), be("B", 2), be("B", 0), be("i", -22),
    ],
    "circle": [be("B", 4), some(be("B", 5), some(some(be("B", 6), NONE)))],
}

# endian.rs
GOLDEN |= {
    "little": [
        be("B", 1), le("H", 0x0102), text("le", "u32le"), items([le("H", 3)], "u32le"),
        items([le("HI", 4, 5)], "u32le"), some(le("I", 6)), le("I", 0x1F600), le("2H", 7, 8),
        le("HB", 9, 10),
    ],
    "fields": [
        be("B", 2), be("H", 0x0102), le("H", 0x0102), point(1, -2, le), point(1, -2, be),
        text("le", "u32le"), items([le("H", 3)], "u32le"),
        items([le("HH", 4, 5)], "u32le"),
    ],
    "big_in_little": [be("B", 3), le("I", 1), be("I", 1), be("2H", 2, 3), text("be")],
}

# lengths.rs
GOLDEN |= {
    "lengths": [
        be("B", 1), text("a", "u8"), text("bc", "u16"), text("d", "u24"), text("e", "u32"),
        text("f", "u48"), text("g", "u64"), text("h", "varint"),
    ],
    "lengths_little": [
        be("B", 2), text("a", "u8le"), text("bc", "u16le"), text("d", "u24le"), text("e", "u32le"),
        text("f", "u48le"), text("g", "u64le"), text("h", "varint"), text("i", "u16"),
    ],
    "lengths_ordered": [be("B", 3), text("be", "u16"), text("le", "u16le"), text("l", "u24le")],
    "lengths_of": [
        be("B", 4), text("st", "u8"), text("bx", "u8"), text("co", "u8"), text(b"\x01", "u8"),
        text(b"\x02", "u8"), text(b"\x03", "u8"), text(b"\x04", "u8"),
    ],
    "varint_long": [be("B", 5), text(b"x" * 300, "varint"), text(b"y" * 127, "varint")],
    "fixed": [be("B", 6), b"GIF8", b"\x01\x02\x03", b"\x04\x05", b"abc", be("B", 7)],
}

# counts.rs
GOLDEN |= {
    "counts": [
        be("B", 1), items([be("H", 1)], "u8"), items([be("H", 2)], "u16"),
        items([be("H", 3)], "u24"), items([be("H", 4)], "u32"), items([be("H", 5)], "u48"),
        items([be("H", 6)], "u64"), items([be("H", 7)], "varint"),
    ],
    "counts_little": [
        be("B", 2), items([le("H", 1)], "u8le"), items([le("H", 2)], "u16le"),
        items([le("H", 3)], "u24le"), items([le("H", 4)], "u32le"), items([le("H", 5)], "u48le"),
        items([le("H", 6)], "u64le"), items([le("H", 7)], "varint"), items([le("H", 8)], "u16"),
    ],
    # An ordered prefix orders the count alone; the elements keep the order of the message.
    "counts_ordered": [be("B", 3), items([be("H", 1)], "u16"), items([be("H", 2)], "u16le")],
    "counts_of": [
        be("B", 4), items([be("BB", 1, 2)], "u8"), items([point(3, 4)], "u8"),
        text(b"\x05\x06", "u8"), items([be("H", 7)], "u8"), items([text("t")], "u8"),
    ],
    "counts_fixed": [be("B", 5), be("2H", 1, 2), b"\x03\x04\x05", be("BBBB", 6, 7, 8, 9)],
}

# items.rs
GOLDEN |= {
    "item": [
        be("B", 1),
        items([text("a", "u8"), text("bc", "u8")], "u32"),
        items([text("d", "u16")], "u8"),
        items([le("H", 0x0102)], "u32"),
        some(text("opt", "u8")),
        text("x", "u8"), text("y", "u8"),
    ],
    "item_nested": [
        be("B", 2),
        items([items([text("a", "u16"), text("b", "u16")], "u8"), items([], "u8")], "u16"),
        items([some(text("c", "u8")), NONE], "u8"),
        items([b"abc", b"def"], "u8"),
    ],
    "keys": [
        be("B", 3),
        items([[text("k", "u8"), items([be("H", 1)], "u16")]], "u32"),
        items([[le("H", 2), be("I", 3)]], "u8"),
        items([[be("B", 4), text("v", "u8")]], "u16"),
    ],
    "item_little": [
        be("B", 4),
        items([text("a", "u16le")], "u16le"),
        items([le("H", 1)], "u8le"),
    ],
}

# rest.rs
GOLDEN |= {
    "rest_text": [be("B", 1), "hällo".encode()],
    "rest_bytes": [be("B", 2), be("B", 9), b"\x00\xff\x80"],
    "rest_words": [be("B", 3), be("3H", 1, 2, 0x0304)],
    "rest_parts": [be("B", 4), text("a", "u8"), text("bc", "u8")],
    "rest_map": [be("B", 5), be("BH", 1, 2), be("BH", 3, 4)],
    "rest_str": [be("B", 6), b"str"],
    "rest_slice": [be("B", 7), b"\x01\x02"],
    "rest_shared": [be("B", 8), b"\x03\x04\x05"],
    "rest_cow": [be("B", 9), b"cow"],
    "rest_little": [be("B", 10), le("2H", 1, 2)],
    "rest_options": [be("B", 11), NONE, some(be("Q", 5))],
    "rest_inside": [be("B", 12), be("B", 1), b"inner"],
    # What must follow the part is not the part's.
    "rest_middle": [be("B", 13), be("B", 1), b"in", be("H", 7)],
}

# limits.rs
GOLDEN |= {
    "limits": [
        be("B", 1), text("abc"), text("de", "u8"), items([be("H", 1)]),
        items([be("BB", 1, 2)], "u16"),
    ],
    "limits_low": [be("B", 2), text("ab"), items([be("H", 1), be("H", 2)], "u8")],
    "limits_rest": [be("B", 3), b"four"],
    "limits_rest_list": [be("B", 4), be("2H", 1, 2)],
    "limits_item": [be("B", 5), items([text("ab", "u8")], "u8")],
}

# ids.rs
GOLDEN |= {
    "id8": [be("B", 0xFE), be("H", 1)],
    "id16": [be("H", 0x0102), be("H", 1)],
    "id16_little": [le("H", 0x0102), le("H", 1)],
    "id16_ordered": [be("H", 0x0102), le("H", 1)],
    "id32": [be("I", 0x01020304), be("H", 1)],
    "id32_little": [le("I", 0x01020304), le("H", 1)],
    "id32_ordered": [le("I", 0x01020304), be("H", 1)],
    "id_varint": [varint(300), be("H", 1)],
    "id_varint_short": [varint(5), be("H", 1)],
    "id_varint_long": [varint(300), be("H", 1)],
    "id_constant": [be("B", 0x4C), be("B", 1)],
}

# fields.rs
GOLDEN |= {
    "ignoring": [be("B", 1), be("H", 7)],
    "ignoring_part": [be("H", 7)],
    "keeping": [be("B", 2), be("B", 8), b"unknown tail"],
    "skipping": [be("B", 3), be("B", 1), be("H", 2)],
    "converted": [be("B", 4), be("B", 1), bytes([0x21, 0x43]), be("B", 2)],
    "renamed": [be("B", 5), be("B", 1), be("B", 2)],
    "elsewhere": [be("B", 6), be("H", 3), be("B", 1)],
    "bounded": [be("B", 7), be("I", 4)],
}

# protocols.rs
GOLDEN |= {
    "chat_login": [be("B", 1), b"ann"],
    "chat_logout": [be("B", 2)],
    "chat_data": [be("B", 3), text("hello")],
    "chat_unknown": [be("B", 9), b"\x00later"],
    "strict_data": [be("B", 3), text("hello")],
    "heard": [be("B", 4), b"hi"],
    "wide_open": [be("H", 0x0101), be("H", 5)],
    "wide_unknown": [be("H", 0x0909), b"\x01"],
    "device_read": [le("I", 0x00010002), le("I", 6)],
}

# headers.rs


def cache(opcode, key_len, extras_len, body):
    """A request of memcached: 24 bytes, and what they announce."""
    header = be("BBHBBHIIQ", 0x80, opcode, key_len, extras_len, 0, 3, len(body), 0xDEADBEEF, 9)
    return [header, body]


def start(kind, body):
    """A message of PostgreSQL: the length counts itself."""
    return [kind, be("I", len(body) + 4), body]


def fixed(kind, flags, body):
    """A packet of MQTT: four bits of kind, four of flags."""
    return [be("B", kind << 4 | flags), varint(len(body)), body]


GOLDEN |= {
    "cache_get": cache(0, 3, 0, b"abc"),
    "cache_set": cache(1, 2, 8, be("II", 7, 60) + b"ab" + b"value"),
    "cache_noop": cache(10, 0, 0, b""),
    "cache_unknown": cache(8, 0, 4, be("I", 60)),
    "query": start(b"Q", b"select 1"),
    "describe": start(b"D", b"Sone"),
    "backend_row": start(b"D", be("H", 2) + be("I", 1) + b"1" + be("I", 3) + b"two"),
    "ready": start(b"Z", b"I"),
    "publish": fixed(3, 0b1011, be("H", 3) + b"a/b" + be("H", 10) + b"\x11" * 120),
    "publish_qos_0": fixed(3, 0, be("H", 3) + b"a/b" + b"hi"),
    "subscribe": fixed(8, 0b0010, be("H", 2)),
    "in_words": [le("H", 2), be("B", 7), b"12345"],
    "streams": [be("HH", 5, 7), b"rest"],
    # 127 bytes in all need one byte to say so, 128 two: then there are 129.
    "grows_short": [varint(127), be("B", 7), b"\x01" * 125],
    "grows": [varint(129), be("B", 7), b"\x01" * 126],
}

# relations.rs
GOLDEN |= {
    "counted": [be("B", 1), be("H", 2), be("HHH", 1, 2, 3)],
    "two_lists": [be("B", 2), be("B", 2), be("BB", 1, 2), be("HH", 3, 4)],
    "datagram": [be("B", 3), be("BH", 1, 3 + 4 + 3), bytes([1, 2, 3, 4]), b"abc"],
    "nested": [be("B", 4), be("BH", 7, 2), b"hi"],
    "row": [be("B", 5), be("B", 2), be("i", -1), be("i", 1), b"A"],
    "on_wire": [be("B", 6), be("BH", 2, 2), be("BB", 8, 9), b"hi", be("B", 3)],
    "far": [be("B", 7), be("BB", 2, 0xEE), be("BB", 1, 2)],
    "far_unknown": [be("B", 7), be("BB", 9, 0xEE), b"kept"],
    "far_sized": [be("B", 8), be("B", 1), length("u16", 4), be("I", 5), be("B", 9)],
    "far_sized_unknown": [be("B", 8), be("B", 9), text(b"kept", "u16"), be("B", 9)],
    "far_told": [be("B", 9), be("BBB", 1, 4, 0xEE), be("I", 5), be("B", 9)],
    "far_list": [
        be("B", 12), be("B", 2), be("B", 9), text(b"kept", "u16"), be("B", 9),
        be("B", 1), length("u16", 4), be("I", 5), be("B", 9),
    ],
    "ordered_little": [be("B", 10), b"l", le("H", 0x1234), text("hi", "u16le")],
    "ordered_big": [be("B", 10), b"B", be("H", 0x1234), text("hi", "u16")],
    "shapes_told": [be("B", 11), be("B", 2), be("BBH", 0, 1, 7), be("BB", 1, 1), b"A"],
}

# presence.rs
GOLDEN |= {
    "enormous": [be("QQ", 0, 2), b"\x08\x09\x0a\x0b"],
    "flagged": [be("B", 1), be("B", 0x41), be("H", 1), be("B", 5)],
    "flagged_both": [be("B", 1), be("B", 0x81), be("HI", 1, 2), be("B", 5)],
    "flagged_none": [be("B", 1), be("BB", 0, 5)],
    "switched": [be("B", 2), be("B", 1), text("hi", "u16")],
    "switched_off": [be("B", 2), be("B", 0)],
    "conditional": [be("B", 3), be("BH", 3, 7)],
    "conditional_off": [be("B", 3), be("B", 1)],
    "tailed": [be("B", 4), be("BH", 1, 2), text("x", "u8")],
    "tailed_short": [be("B", 4), be("BH", 1, 2)],
    "versioned": [be("B", 5), be("BHB", 1, 3, 5)],
    "contrary": [be("B", 6), be("BBBBB", 0, 1, 0x92, 3, 4)],
    "contrary_off": [be("B", 6), be("BBB", 1, 1, 2)],
    "shared": [be("B", 7), be("BHHB", 5, 1, 2, 3)],
    "shared_none": [be("B", 7), be("B", 8)],
    "sealed": [
        be("B", 8), be("BB", 7, 7), be("I", zlib.crc32(b"\7\7\0\0\0\0\0\2hi")), be("B", 0),
        text("hi", "u8"), be("I", zlib.crc32(b"\2hi")),
    ],
    "sealed_none": [be("B", 8), be("B", 0), text("hi", "u8")],
    "versioned_sum": [
        be("B", 9), be("I", zlib.crc32(b"\1\2\x08\x09\5\6")), be("BB", 1, 2), be("BB", 8, 9),
        be("BB", 5, 6), be("BBB", 1, 3, 2),
    ],
}


def internet_sum(data):
    """RFC 1071: the ones' complement of the ones' complement sum of 16-bit words."""
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def sum_inside():
    """The sum counts its own two bytes as zero; the CRC after it counts what is there."""
    filled = be("HHI", 0x4500, internet_sum(be("HHI", 0x4500, 0, 0x12340109)), 0x12340109)
    return [be("B", 3), filled, be("H", binascii.crc_hqx(filled, 0))]


# values.rs
GOLDEN |= {
    "constants": [be("B", 1), b"AA", be("BBB", 3, 10, 5), be("H", 0xBEEF), be("B", 1)],
    "sum_in_front": [
        be("B", 2), be("I", zlib.crc32(b"\x07\x05hello")), be("B", 7), text("hello", "u8"),
    ],
    "sum_inside": sum_inside(),
    "sum_of_user": [be("B", 4), b"abc", le("H", sum(n * byte for n, byte in enumerate(b"abc", 1)))],
    "padded_gaps": [be("B", 5), be("B", 1), bytes(2), be("B", 2), bytes(2), be("H", 3), bytes(1), be("B", 4)],
    "converted_as": [be("B", 6), number("u24", 70000), be("B", 110), be("HHH", 5, 2, 4321)],
    "ranged": [
        be("B", 8), be("fI", 0.5, 0x78), be("QI", 2, 0), be("b", -5), b"\xff" * 16, be("d", 1.0),
    ],
    "converted_inside": [
        be("B", 7), text("hi", "u8"), items([be("B", 110)], "u8"), some(text("a", "u8")), b"o",
    ],
}

# ipv4.rs


def ipv4(options, payload):
    """RFC 791: the sum is of the header alone, with zeros in its own place."""
    words = 5 + len(options) // 4
    before = be("BBHHHBB", 0x40 | words, 1, 4 * words + len(payload), 0x1C46, 0x4000, 64, 17)
    after = bytes([172, 16, 10, 99, 172, 16, 10, 12]) + options
    return [before, be("H", internet_sum(before + bytes(2) + after)), after, payload]


GOLDEN |= {
    "ipv4": ipv4(b"", b"hello"),
    "ipv4_options": ipv4(b"\x94\x04\0\0\1\1\1\0", b"hi"),
}

# groups.rs


def group(pieces, kind):
    """What the pieces are, behind its length in bytes."""
    return [length(kind, len(b"".join(flat(pieces)))), *pieces]


def branch(leaf, *branches):
    return [be("B", leaf), *group([group(inner, "varint") for inner in branches], "u16le")]


GOLDEN |= {
    "groups": [
        be("B", 1), group([be("HH", 1, 2)], "u16"), group([text("a", "u8"), text("bc", "u8")], "u8"),
        group([be("BHBH", 1, 7, 2, 8)], "u24"), group([point(3, 4)], "u8"),
        group([be("B", 9), b"txt"], "varint"), group([point(5, 6)], "u16"), point(7, 8), be("B", 9),
    ],
    "groups_nested": [
        be("B", 2),
        group(
            [
                be("B", 1), group([some(b"\x01"), some(b"\x02"), NONE], "varint"),
                be("B", 2), group([some(b"\x03")], "varint"),
            ],
            "varint",
        ),
        group(branch(1, branch(2, branch(3)), branch(4)), "u24le"),
    ],
    "groups_inside": [
        be("B", 3), items([group([point(1, 2)], "u8"), group([point(3, 4)], "u8")], "u8"),
        some(group([be("B", 5), b"hi"], "u8")), NONE, group([be("H", 1)], "u8"), text("b", "u8"),
        group([be("BB", 1, 2)], "u8"), group([be("h", -1)], "u8"),
    ],
    "groups_extensible": [be("B", 4), group([be("B", 5)], "u8"), be("B", 6)],
}

# ended.rs


def filled(data, width):
    assert len(data) <= width
    return data + bytes(width - len(data))


GOLDEN |= {
    "ended": [
        be("B", 1), b"hi\0", b"ab\n", b"\x01\0\xff", b"x;", b"full\0", b"co\0", b"sh\0", b"\0",
        be("H", 9),
    ],
    "ended_lists": [
        be("B", 2), b"\x01a\0", b"\x02b\0", b"\0", some(b"\x07"), b"\0", b"n\0mm\0", b"\0",
        group([b"\0g\0"], "u8"), b"\0", le("HHH", 0xFF01, 2, 3), b"\xff", some(b"o\0"), le("H", 9),
    ],
    "filled": [
        be("B", 3), filled(b"ann", 8), b"full", filled(b"\x01", 3), bytes(2), filled(b"\x02", 2),
        b"\x01\x02\x03", filled(be("BH", 1, 2), 5), filled(le("H", 3), 4),
        filled(be("IH", 1, 4), 9), filled(b"\x01\x05", 3), filled(b"b", 4),
        filled(b"\0\0\x06", 4), items([filled(b"n", 3), b"abc"], "u8"),
    ],
    "filled_plain": [be("B", 4), filled(be("BH", 1, 2), 6), filled(b"t", 3)],
    "capped": [be("H", 5), text("abc", "u8")],
    "capped_inside": [be("B", 6), items([b"\0", [b"\x01", text("ab", "u8")]])],
}

# wide.rs
def zigzag(n):
    return varint(n * 2 if n >= 0 else -n * 2 - 1)


def two(width, n):
    """A signed number in so many bytes, high byte first: the low bytes of 64 bits."""
    return be("q", n)[8 - width :]


def reverse(*pieces):
    return [piece[::-1] for piece in pieces]


WIDE = [
    number("u24", 0x010203), number("u40", 0x0102030405), number("u48", 0x010203040506),
    number("u56", 0x01020304050607),
]
WIDE_SIGNED = [two(3, -2), two(5, -(2**39)), two(6, 2**47 - 1), two(7, -3)]
GOLDEN |= {
    "wide_unsigned": [be("B", 1), WIDE],
    "wide_unsigned_little": [be("B", 2), reverse(*WIDE)],
    "wide_signed": [be("B", 3), WIDE_SIGNED],
    "wide_signed_little": [be("B", 4), reverse(*WIDE_SIGNED)],
    "wide_list": [be("B", 5), items([two(3, 1), b"\xff" * 3]), two(3, 2**23 - 1)],
    "varints": [
        be("B", 6), varint(2**16 - 1), varint(0), varint(2**32 - 1), varint(2**64 - 1),
        varint(0x7F), zigzag(-1), zigzag(-(2**15)), zigzag(-(2**63)),
    ],
    "ordered": [
        be("B", 7), le("H", 0x0102), be("H", 0x0102), le("H", 0x0102), be("HH", 0x0102, 0x0304),
        number("u24le", 0x010203),
    ],
    "ordered_lists": [
        be("B", 8), items([be("H", n) for n in (1, 2, 3)]), items([le("H", n) for n in (1, 2)]),
    ],
}

# standard.rs
def socket(octets, port):
    return [octets, be("H", port)]


V4 = bytes([127, 0, 0, 1])
V6 = bytes(15) + b"\x01"
GOLDEN |= {
    "moments": [be("B", 1), be("qI", 1_700_000_000, 5), be("qI", -2, 10**9 - 1)],
    "units": [
        be("B", 2), be("I", 2**32 - 1), be("H", 1500), b"\xff" * 3, be("q", -1), be("q", -(2**63)),
        reverse(two(5, -2)), varint(300),
    ],
    "sockets": [
        be("B", 3), socket(bytes([192, 0, 2, 1]), 80), socket(V6, 443), b"\x04", socket(V4, 8000),
        b"\x06", socket(V6, 65535),
    ],
    "c_strings": [be("B", 4), b"\xff\xc3\xbc\0", b"hi\0", b"\0", b"cow\0", be("H", 7)],
    "wrappers": [be("B", 5), be("H", 65535), be("i", -(2**31)), items([b"\1", b"\2"])],
}

# foreign.rs
GOLDEN |= {
    "flag_sets": [be("B", 1), be("H", 0x0101), be("B", 0x81), items([be("H", 1)])],
    "flags_little": [be("B", 2), le("H", 1)],
    "ids": [be("B", 3), bytes(range(1, 17))],
    "dates": [
        be("B", 4), be("qI", 1_699_999_999, 10**9 - 1), be("I", 1_700_000_000),
        be("q", 1_700_000_000_005),
    ],
}

# collections.rs
def each(fmt, *numbers, pack=be):
    return [pack(fmt, n) for n in numbers]


GOLDEN |= {
    "deques": [
        be("B", 1), items(each("H", 1, 2, 3)), items(each("H", 4, 5, pack=le), "u8"),
        text(b"abcd", "u16"), text("x", "u8"), text("yz", "u8"),
    ],
    "sets": [
        be("B", 2), items(each("h", -2, 3)), items([text("a", "u8"), text("b", "u8")], "u8"),
    ],
    "slabs": [
        be("B", 3), items(each("H", 1, 2)), text(b"abc", "u8"),
        items([NONE, some(text(b"\7"))], "u8"),
    ],
    "rest_deque": [be("B", 4), each("H", 1, 2)],
    "rest_set": [be("B", 5), bytes([1, 2, 9])],
    "roomy": [
        be("B", 5), items(each("H", 1, 2)), items(each("H", 3, pack=le), "u8"), text("hi"),
        text("!", "u8"), bytes([9, 8]),
    ],
    "small": [
        be("B", 6), text(bytes([1, 2])), items(each("H", 3, pack=le), "u8"), text(bytes([7, 8, 9])),
    ],
    "rest_roomy": [be("B", 7), each("H", 1, 2, 3)],
    "list_groups": [
        be("B", 6), group(each("H", 1, 2), "u16"), group(each("b", -3, 1, 2), "u8"),
        group([text("a", "u8"), text("bc", "u8")], "u8"), group([NONE, some(b"\7")], "varint"),
    ],
    "roomy_groups": [
        be("B", 8), group(each("H", 1, 2), "u8"), group(each("H", 3), "u8"),
        group([text("a", "u8"), text("bc", "u8")], "u8"),
    ],
}

# end of the number types and types with a layout of their own

if __name__ == "__main__":
    for name, pieces in GOLDEN.items():
        print(line(name, pieces))
