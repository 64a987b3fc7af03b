"""The streams that each framing must make of its messages, computed from the descriptions alone.

Prints one line a framing: its name, its messages in hex (`-` for an empty one), joined by commas,
and the bytes of their frames one after the other. The output stands in golden.txt. Nothing here
knows the Rust code: a change of the wire must be made in both.
"""

ANY = [b"hello", b"", b"\x00", bytes(range(256))[:130], b"\x01\x00\x00\x02", bytes(3)]
LONG = ANY + [bytes(range(1, 256)) * 2, bytes(300)]


def number(n, width, order):
    return n.to_bytes(width, order)


def length(width, order="big", extra=0, offset=0):
    """A length behind `offset` bytes of the message; it counts what follows it, and `extra`."""
    return lambda m: m[:offset] + number(len(m) - offset + extra, width, order) + m[offset:]


def varint(m):
    n, out = len(m), []
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes(out + [n]) + m


def at_least(n, messages):
    return [m for m in messages if len(m) >= n]


FRAMINGS = {
    "length_u8": (length(1), ANY),
    "length_u16": (length(2), LONG),
    "length_u16_little": (length(2, "little"), LONG),
    "length_u16_itself": (length(2, extra=2), LONG),
    "length_u24": (length(3), LONG),
    "length_u24_little_itself": (length(3, "little", extra=3), LONG),
    "length_u32": (length(4), LONG),
    "length_u40": (length(5), LONG),
    "length_u48_little": (length(6, "little"), LONG),
    "length_u56": (length(7), LONG),
    "length_u64_itself": (length(8, extra=8), LONG),
    "length_behind_type": (length(2, offset=1), at_least(1, LONG)),
    "length_of_whole": (length(4, extra=4 + 1, offset=1), at_least(1, LONG)),
    "length_without_trailer": (length(1, extra=-2), at_least(2, ANY)),
    "length_far": (length(3, "little", extra=-3, offset=5), at_least(8, LONG)),
    "varint": (varint, LONG + [bytes(127), b"\xff" * 128]),
    "fixed": (lambda m: m, [b"hello", bytes(5), b"\x00\x01\x02\x03\x04"]),
}

for name, (frame, messages) in FRAMINGS.items():
    shown = ",".join(m.hex() or "-" for m in messages)
    print(name, shown, b"".join(map(frame, messages)).hex())
