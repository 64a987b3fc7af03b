//! The example client asks a real dnsmasq; dig asks the example server.

use std::net::UdpSocket;
use std::path::Path;
use std::process::Command;

use protocol_core::{Pack, Unpack};

use super::messages::{Code, Message};
use crate::programs::finding::{example, find};
use crate::programs::running::{LATE, run, succeed};
use crate::programs::server::Server;

/// A dnsmasq that knows a few names of its own and asks nobody else.
fn dnsmasq() -> Option<Server> {
    let program = find("dnsmasq")?;
    let long = ["more than fits a datagram, so it is asked for again over TCP"; 40].join(",");
    Some(Server::start(|port, _: &Path| {
        let mut command = Command::new(&program);
        command.args(["--keep-in-foreground", "--conf-file=/dev/null", "--pid-file="]);
        command.args(["--log-facility=-", "--log-queries", "--no-resolv", "--no-hosts"]);
        command.args(["--listen-address=127.0.0.1", "--bind-interfaces"]);
        command.arg(format!("--port={port}"));
        command.args(["--local=/test/", "--local-ttl=300"]);
        command.args(["--host-record=h.test,192.0.2.7,2001:db8::7", "--cname=www.test,h.test"]);
        command.args(["--mx-host=test,h.test,10", "--txt-record=test,v=spf1 -all,two texts"]);
        command.arg("--srv-host=_chat._tcp.test,h.test,5222,10,60");
        command.arg(format!("--txt-record=long.test,{long}"));
        command
    }))
}

/// What the example prints of an answer.
fn ask(server: &Server, args: &[&str]) -> String {
    let mut client = Command::new(example("dns"));
    client.args(["query", "--server", &server.address().to_string()]);
    succeed(client.args(args))
}

#[test]
fn our_client_asks_dnsmasq() {
    let Some(server) = dnsmasq() else { return };
    let table = [
        (["h.test", "A"], "h.test. 300 IN A 192.0.2.7"),
        (["h.test", "AAAA"], "h.test. 300 IN AAAA 2001:db8::7"),
        (["test", "TXT"], "test. 300 IN TXT \"v=spf1 -all\" \"two texts\""),
        (["test", "MX"], "test. 300 IN MX 10 h.test."),
        (["_chat._tcp.test", "SRV"], "_chat._tcp.test. 300 IN SRV 10 60 5222 h.test."),
        (["www.test", "A"], "www.test. 300 IN CNAME h.test.\nh.test. 300 IN A 192.0.2.7"),
        (["7.2.0.192.in-addr.arpa", "PTR"], "7.2.0.192.in-addr.arpa. 300 IN PTR h.test."),
    ];
    for (args, lines) in table {
        for over in [&[][..], &["--tcp"]] {
            let answer = ask(&server, &[&args[..], over].concat());
            assert!(answer.starts_with("; status NOERROR\n"), "{args:?} {over:?}: {answer}");
            assert!(answer.contains(lines), "{args:?} {over:?}: {answer}");
        }
    }
    let answer = ask(&server, &["none.test", "A"]);
    assert!(answer.starts_with("; status NXDOMAIN\n"), "{answer}");
}

/// What does not fit a datagram is asked for again, over TCP.
#[test]
fn our_client_asks_again_over_tcp() {
    let Some(server) = dnsmasq() else { return };
    let answer = ask(&server, &["long.test", "TXT"]);
    assert_eq!(answer.matches("asked for again over TCP").count(), 40, "{answer}");
    assert_eq!(server.log().matches("query[TXT] long.test").count(), 2, "{}", server.log());
}

/// The example server for its built-in zone.
fn ours() -> Server {
    let program = example("dns");
    Server::start(|port, _: &Path| {
        let mut command = Command::new(&program);
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        command
    })
}

/// What dig prints. It complains of what it does not accept, and ends with success all the same.
fn dig(program: &Path, server: &Server, args: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(["@127.0.0.1", "-p", &server.port().to_string()]);
    command.args(["+norecurse", "+time=20", "+tries=3"]).args(args);
    let output = succeed(&mut command);
    for complaint in ["malformed", "extra bytes", "bad packet", "mismatch", "parser", "Warning"] {
        assert!(!output.contains(complaint), "{args:?}: {output}");
    }
    output
}

/// Each answer line of dig, with one blank between its columns.
fn answer(output: &str) -> String {
    let lines = output.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[test]
fn dig_asks_our_server() {
    let Some(program) = find("dig") else { return };
    let server = ours();
    let table = [
        (["example.test", "A"], "example.test. 300 IN A 192.0.2.1"),
        (["example.test", "AAAA"], "example.test. 300 IN AAAA 2001:db8::1"),
        (["example.test", "TXT"], "example.test. 300 IN TXT \"v=spf1 -all\" \"two texts\""),
        (["example.test", "MX"], "example.test. 300 IN MX 10 mail.example.test."),
        (
            ["_chat._tcp.example.test", "SRV"],
            "_chat._tcp.example.test. 300 IN SRV 10 60 5222 www.example.test.",
        ),
        (
            ["www.example.test", "A"],
            "www.example.test. 300 IN CNAME example.test.\nexample.test. 300 IN A 192.0.2.1",
        ),
        (["1.hosts.example.test", "PTR"], "1.hosts.example.test. 300 IN PTR www.example.test."),
        (
            ["example.test", "SOA"],
            "example.test. 300 IN SOA ns.example.test. admin.example.test. 1 7200 3600 1209600 300",
        ),
    ];
    for (args, lines) in table {
        for over in ["+notcp", "+tcp", "+noedns", "+bufsize=4096", "+nocookie"] {
            let output =
                dig(&program, &server, &[&args[..], &["+noall", "+answer", over]].concat());
            assert_eq!(answer(&output), lines, "{args:?} {over}");
        }
    }
    let output = dig(&program, &server, &["example.test", "A"]);
    assert!(output.contains("; EDNS: version: 0, flags:; udp: 1232"), "{output}");
    assert!(output.contains("flags: qr aa; QUERY: 1, ANSWER: 1"), "{output}");
}

/// Letters of either case are one name (RFC 1035, 2.3.3); what is not there is said so.
#[test]
fn dig_asks_for_what_is_not_there() {
    let Some(program) = find("dig") else { return };
    let server = ours();
    let table = [
        (&["eXample.Test", "A"][..], "NOERROR"),
        (&["none.example.test", "A"], "NXDOMAIN"),
        (&["other.test", "A"], "REFUSED"),
        (&["example.test", "A", "+opcode=notify"], "NOTIMP"),
        // RFC 6891, 6.1.3
        (&["example.test", "A", "+edns=1", "+noednsnegotiation"], "BADVERS"),
    ];
    for (args, status) in table {
        let output = dig(&program, &server, args);
        assert!(output.contains(&format!("status: {status},")), "{args:?}: {output}");
    }
    let output = dig(&program, &server, &["none.example.test", "A", "+noall", "+authority"]);
    assert!(answer(&output).starts_with("example.test. 300 IN SOA ns.example.test."), "{output}");
}

#[test]
fn dig_asks_again_over_tcp() {
    let Some(program) = find("dig") else { return };
    let server = ours();
    let long = ["long.example.test", "TXT"];
    let output = dig(&program, &server, &[&long[..], &["+ignore"]].concat());
    assert!(output.contains("flags: qr aa tc; QUERY: 1, ANSWER: 0"), "{output}");
    let output = dig(&program, &server, &long);
    assert!(output.contains(";; Truncated, retrying in TCP mode."), "{output}");
    assert_eq!(output.matches("asked for again over TCP").count(), 40, "{output}");
}

/// Bytes that are no query get an answer if there is somebody to answer, and others go on.
#[test]
fn strangers_at_our_server() {
    let server = ours();
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    socket.set_read_timeout(Some(LATE)).expect("a duration");
    socket.connect(server.address()).expect("an address");
    // Nothing, half a number, and a reply: none of them is answered.
    for silent in [&b""[..], b"\x12", b"\x12\x34\x80\x00\0\0\0\0\0\0\0\0"] {
        socket.send(silent).expect("it is taken");
    }
    // One question is promised, and there is none.
    socket.send(b"\xab\xcd\x01\x00\x00\x01\0\0\0\0\0\0").expect("it is taken");
    let mut buffer = [0; 512];
    let length = socket.recv(&mut buffer).expect("an answer");
    let reply = Message::unpack(buffer.get(..length).unwrap_or_default()).expect("a message");
    assert_eq!((reply.id, reply.flags.code), (0xabcd, Code::FormatError));
    assert!(reply.flags.is_response && reply.packed_len() == Ok(12));

    // The example client refuses to wait for ever, and to take another's answer.
    let answer = ask(&server, &["example.test", "A"]);
    assert!(answer.contains("example.test. 300 IN A 192.0.2.1"), "{answer}");
    let mut client = Command::new(example("dns"));
    let output = run(client.args(["query", "a..b", "A"]));
    assert!(!output.status.success() && output.stderr.contains("no domain name"));
}
