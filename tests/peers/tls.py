#!/usr/bin/env python3
"""The other end inside TLS, by Python's ssl module, which is OpenSSL.

`client PORT AUTHORITY` sends three messages to a server that sends each back, and ends the stream.
`serve CERTIFICATE KEY cleanly|cut` sends back the messages of one client, and then ends the stream
cleanly, or cuts it. Both know only the wire: a length, four bytes big-endian, then the message.
"""

import socket
import ssl
import struct
import sys

# By then at the latest a peer has answered, on a busy machine too.
PATIENCE_S = 20


def read_exactly(sock, count):
    data = b""
    while len(data) < count:
        part = sock.recv(count - len(data))
        if not part:
            return data
        data += part
    return data


def receive(sock):
    """The next message, or None after the last one."""
    header = read_exactly(sock, 4)
    if not header:
        return None
    (length,) = struct.unpack(">I", header)
    return read_exactly(sock, length)


def send(sock, data):
    sock.sendall(struct.pack(">I", len(data)) + data)


def client(port, authority):
    context = ssl.create_default_context(cafile=authority)
    plain = socket.create_connection(("127.0.0.1", int(port)), PATIENCE_S)
    sock = context.wrap_socket(plain, server_hostname="localhost")
    for data in [b"\x03hello", b"\x03" + b"x" * 100_000, b"\x01ann"]:
        send(sock, data)
        assert receive(sock) == data
    version = sock.version()
    # Fails if the other end does not say that it has ended.
    sock.unwrap()
    print("done", version)


def serve(certificate, key, how):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(PATIENCE_S)
    print(listener.getsockname()[1], flush=True)
    plain, _ = listener.accept()
    plain.settimeout(PATIENCE_S)
    sock = context.wrap_socket(plain, server_side=True)
    data = receive(sock)
    while data is not None:
        send(sock, data)
        # The last message of a stream that is cut.
        if how == "cut" and data == b"\x03cut":
            sock.close()
            return
        data = receive(sock)
    sock.unwrap().close()


if __name__ == "__main__":
    {"client": client, "serve": serve}[sys.argv[1]](*sys.argv[2:])
