"""The streams that each framing must make of its messages, computed from the descriptions alone.

Prints one line a framing: its name, its messages in hex (`-` for an empty one), joined by commas,
and the bytes of their frames one after the other. The output stands in golden.txt. Nothing here
knows the Rust code: a change of the wire must be made in both.
"""

import binascii
import zlib

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


def cobs(m):
    """Groups of up to 254 bytes that are not zero, each behind its length and one; a zero in the
    message ends its group, and so does a full group. Nothing follows a full group at the end."""
    groups, group = [], b""
    is_open = True
    for byte in m:
        is_open = True
        if byte != 0:
            group += bytes([byte])
            if len(group) < 254:
                continue
            is_open = False
        groups.append(group)
        group = b""
    if is_open:
        groups.append(group)
    return b"".join(bytes([len(g) + 1]) + g for g in groups) + b"\x00"


def crc16_modbus(m):
    """Bit by bit: polynomial 0x8005 reflected, initial value 0xffff."""
    crc = 0xFFFF
    for byte in m:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def crc8(m):
    """Bit by bit: polynomial 0x07, initial value 0."""
    crc = 0
    for byte in m:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ (0x07 if crc & 0x80 else 0)) & 0xFF
    return crc


def summed(frame, checksum, width, order="big"):
    return lambda m: frame(m + number(checksum(m), width, order))


def behind(magic, frame):
    return lambda m: magic + frame(m)


def delimited(delimiter):
    return lambda m: m + delimiter


def note(urgent, text):
    return bytes([1, urgent, len(text)]) + text


def pairs(pairs, more):
    """Keys and values, each behind its length as a varint; then whether a number follows."""
    listed = b"".join(bytes([key]) + varint(value) for key, value in pairs)
    return b"\x02" + number(len(pairs), 2, "big") + listed + more


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
    "self_delimiting": (
        lambda m: m,
        [
            note(1, b"hello"),
            b"\x03",
            note(0, b""),
            pairs([], b"\0"),
            pairs([(7, b"x"), (8, b""), (9, bytes(200))], b"\1\0\0\1\0"),
            b"\x03",
        ],
    ),
    "cobs": (cobs, LONG + [b"\x07" * n + z for n in (253, 254, 255, 508) for z in (b"", b"\0", b"\0\7")]),
    "cobs_300": (cobs, LONG[:-2] + [b"\x07" * 300, bytes(300)]),
    "line": (delimited(b"\n"), [b"hello", b"", b"\r", bytes(range(11, 256))]),
    "line_crlf": (delimited(b"\r\n"), [b"hello", b"", b"\r", b"\n\r", b"\r\r\r", bytes(20)]),
    "delimited_self_similar": (delimited(b"aaba"), [b"hello", b"", b"aa", b"abb", b"ab", b"aaaa"]),
    "length_crc32": (summed(length(2), zlib.crc32, 4), LONG),
    "cobs_crc16": (summed(cobs, lambda m: binascii.crc_hqx(m, 0xFFFF), 2), LONG),
    "varint_crc16_little": (summed(varint, crc16_modbus, 2, "little"), LONG + [bytes(125), bytes(126)]),
    "line_crc8": (summed(cobs, crc8, 1), [m for m in ANY if len(m) < 50] + [bytes(range(49))]),
    "magic": (behind(b"\xaa\x55", length(1)), ANY + [b"\xaa\x55\x01\x00", b"\xaa" * 9]),
    "magic_fixed": (behind(b"AA", lambda m: m), [b"AAA", b"AAx", b"abc", b"\0\0A"]),
    "magic_crc32": (
        behind(b"\xaa\x55\xaa", summed(length(2, "little"), zlib.crc32, 4)),
        LONG[:-2] + [b"\xaa\x55\xaa" * 5, bytes(300)],
    ),
    "fixed": (lambda m: m, [b"hello", bytes(5), b"\x00\x01\x02\x03\x04"]),
}

for name, (frame, messages) in FRAMINGS.items():
    shown = ",".join(m.hex() or "-" for m in messages)
    print(name, shown, b"".join(map(frame, messages)).hex())
