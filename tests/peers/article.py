#!/usr/bin/env python3
"""The other end, as a Python programmer writes it: a Message class over plain sockets.

One byte of message type, then text in UTF-8. With the framing `raw` a message is whatever one
`recv(1024)` returns; with `length` each stands behind its length, four bytes big-endian. Nothing
here is shared with the Rust code: it states the wire a second time, so that both must agree.
"""

import socket
import struct
import sys
import threading

LOGIN, LOGOUT, DATA = 1, 2, 3
NAMES = {LOGIN: "LOGIN", LOGOUT: "LOGOUT", DATA: "DATA"}

# By then at the latest a peer has answered, on a busy machine too.
PATIENCE_S = 20

REPLY = b"\x03Received message"


class Message:
    def __init__(self, kind, text=""):
        self.kind = kind
        self.text = text

    def pack(self):
        return bytes([self.kind]) + self.text.encode("utf-8")

    @staticmethod
    def unpack(data):
        return Message(data[0], data[1:].decode("utf-8"))


CONVERSATION = [Message(LOGIN, "ann"), Message(DATA, "hello"), Message(LOGOUT)]
BYTES = [b"\x01ann", b"\x03hello", b"\x02"]
assert [message.pack() for message in CONVERSATION] == BYTES


class Raw:
    """One recv is one message."""

    @staticmethod
    def wrap(data):
        return data

    @staticmethod
    def receive(sock):
        return sock.recv(1024)


class Length:
    """Each message stands behind its length."""

    @staticmethod
    def wrap(data):
        return struct.pack(">I", len(data)) + data

    @staticmethod
    def receive(sock):
        header = exactly(sock, 4)
        return exactly(sock, struct.unpack(">I", header)[0]) if header else b""


def exactly(sock, count):
    """So many bytes; none at the end of the stream."""
    data = b""
    while len(data) < count:
        part = sock.recv(count - len(data))
        if not part:
            assert not data, f"the stream ended inside a frame: {data!r}"
            return b""
        data += part
    return data


FRAMINGS = {"raw": Raw, "length": Length}


def connect(port, family=socket.AF_INET, host="localhost"):
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.settimeout(PATIENCE_S)
    try:
        address = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)[0][4]
    except socket.gaierror:
        # The table of this machine has no such name for this family; others have.
        address = ("::1" if family == socket.AF_INET6 else "127.0.0.1", port)
    sock.connect(address)
    return sock


def talk(sock, framing):
    for data in BYTES:
        sock.sendall(framing.wrap(data))
        reply = framing.receive(sock)
        assert reply == REPLY, f"after {data!r} came {reply!r}"


def converse(port, framing, family):
    """One conversation, from a client that resolves names to one family only."""
    family = {"4": socket.AF_INET, "6": socket.AF_INET6}[family]
    with connect(port, family) as sock:
        talk(sock, framing)


def crowd(port, framing, count):
    """Many clients, all connected before the first byte."""
    socks = [connect(port) for _ in range(int(count))]
    for data in BYTES:
        for sock in socks:
            sock.sendall(framing.wrap(data))
        for sock in socks:
            reply = framing.receive(sock)
            assert reply == REPLY, f"after {data!r} came {reply!r}"
    for sock in socks:
        sock.close()


def pile(port, framing, count):
    """Many messages in one write."""
    count = int(count)
    data = b"".join(framing.wrap(BYTES[n % 3]) for n in range(count))
    with connect(port) as sock:
        sent = sock.send(data)
        assert sent == len(data), f"one write took {sent} of {len(data)} bytes"
        for n in range(count):
            reply = framing.receive(sock)
            assert reply == REPLY, f"reply {n} was {reply!r}"
        sock.shutdown(socket.SHUT_WR)
        assert framing.receive(sock) == b"", "more replies than messages"


def cut(port, framing):
    """One conversation in two writes, cut at each of its bytes in turn."""
    data = b"".join(framing.wrap(part) for part in BYTES)
    for place in range(1, len(data)):
        with connect(port) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.sendall(data[:place])
            threading.Event().wait(0.002)
            sock.sendall(data[place:])
            for _ in BYTES:
                reply = framing.receive(sock)
                assert reply == REPLY, f"cut at {place} came {reply!r}"


def bad(port, framing, message):
    """A bad message ends its own connection, in order, and no other."""
    with connect(port) as good, connect(port) as sock:
        talk(good, framing)
        sock.sendall(framing.wrap(bytes.fromhex(message)))
        assert sock.recv(1024) == b"", "the connection goes on"
        talk(good, framing)
        print("%s:%d" % sock.getsockname()[:2])


def serve(framing):
    """Answers every message, one thread a client, until it is ended."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=answer, args=(sock, framing), daemon=True).start()


def answer(sock, framing):
    with sock:
        while data := framing.receive(sock):
            message = Message.unpack(data)
            print(NAMES[message.kind], message.text, flush=True)
            sock.sendall(framing.wrap(REPLY))


if __name__ == "__main__":
    command, framing, *rest = sys.argv[1:]
    if command == "serve":
        serve(FRAMINGS[framing])
    else:
        commands = {"converse": converse, "crowd": crowd, "pile": pile, "cut": cut, "bad": bad}
        commands[command](int(rest[0]), FRAMINGS[framing], *rest[1:])
        print("done")
