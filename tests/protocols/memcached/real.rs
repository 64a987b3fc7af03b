//! The example client talks to a real memcached, and so does each message that is declared.

use std::path::Path;
use std::process::Command;

use protocol_core::conn::Timeouts;
use protocol_core::frame::Headed;
use protocol_core::net::blocking::Connection;
use protocol_core::{MessageOf, WithHeader};

use super::messages::response::{Counter, Text, Value};
use super::messages::status::Outcome;
use super::messages::{Request, RequestHeader, Response, ResponseHeader, request, response};
use crate::programs::finding::{example, find};
use crate::programs::running::{LATE, run, succeed};
use crate::programs::server::Server;

/// A memcached that writes down what it reads.
fn memcached() -> Option<Server> {
    let program = find("memcached")?;
    Some(Server::start(|port, _: &Path| {
        let mut command = Command::new(&program);
        // Only root must say whose rights it wants.
        command.args(["-vv", "-u", "root", "-U", "0", "-l", "127.0.0.1", "-p", &port.to_string()]);
        command
    }))
}

fn client(server: &Server, args: &[&str]) -> Command {
    let mut client = Command::new(example("memcached"));
    client.args(["--server", &server.address().to_string()]).args(args);
    client
}

/// What the example prints.
fn says(server: &Server, args: &[&str]) -> String {
    succeed(&mut client(server, args))
}

/// What the example prints when it fails.
fn fails(server: &Server, args: &[&str]) -> String {
    let output = run(&mut client(server, args));
    assert!(!output.status.success(), "{args:?}: {}", output.stdout);
    output.stderr
}

#[test]
fn our_client_alone() {
    let Some(server) = memcached() else { return };
    let version = succeed(Command::new(find("memcached").expect("it runs")).arg("-V"));
    let said = says(&server, &["version"]);
    assert!(version.trim().ends_with(said.trim()) && !said.trim().is_empty(), "{version} {said}");

    assert_eq!(says(&server, &["set", "a=1", "--flags", "7"]), "version 1\n");
    assert_eq!(says(&server, &["get", "a"]), "a = 1 (flags 7, version 1)\n");
    assert_eq!(says(&server, &["set", "a=2", "--cas", "1"]), "version 2\n");
    let error = fails(&server, &["set", "a=3", "--cas", "1"]);
    assert!(error.contains("the key exists"), "{error}");
    assert_eq!(says(&server, &["increment", "a", "40"]), "42\n");
    assert_eq!(says(&server, &["increment", "n", "5", "--initial", "10"]), "10\n");
    assert_eq!(says(&server, &["increment", "n", "5"]), "15\n");
    let error = fails(&server, &["increment", "m"]);
    assert!(error.contains("the key is not found"), "{error}");
    says(&server, &["set", "t=text"]);
    let error = fails(&server, &["increment", "t"]);
    assert!(error.contains("the value is no number"), "{error}");
    says(&server, &["delete", "a"]);
    assert!(fails(&server, &["delete", "a"]).contains("the key is not found"));
    assert_eq!(says(&server, &["get", "a"]), "a is not there\n");

    let stats = says(&server, &["stats"]);
    assert!(stats.lines().any(|line| line == "curr_items 2"), "{stats}");
    let settings = says(&server, &["stats", "settings"]);
    assert!(settings.contains(&format!("tcpport {}\n", server.port())), "{settings}");
}

/// Many keys are asked for and stored quietly, in one go; a no-op says that nothing more comes.
#[test]
fn our_client_quietly() {
    let Some(server) = memcached() else { return };
    assert_eq!(says(&server, &["set", "a=1", "b=2", "c=3"]), "");
    let got = says(&server, &["get", "c", "nobody", "a", "c", "b"]);
    let lines = got.lines().map(|line| line.split(" (").next().unwrap_or_default());
    let lines: Vec<_> = lines.collect();
    assert_eq!(lines, ["c = 3", "nobody is not there", "a = 1", "c = 3", "b = 2"]);
    let error = fails(&server, &["set", "--cas", "99", "a=4", "x=5"]);
    assert!(error.contains("a: the key exists"), "{error}");
    assert!(error.contains("x: the key is not found"), "{error}");
    // memcached saw the opcodes of the quiet forms: SetQ five times, GetKQ five times.
    for opcode in ["0x80 0x11", "0x80 0x0d"] {
        assert_eq!(server.log().matches(opcode).count(), 5, "{opcode}: {}", server.log());
    }
}

type Link = Connection<WithHeader<ResponseHeader, Response>, Request, Headed<ResponseHeader>>;

fn link(server: &Server) -> Link {
    let link = Link::connect_with(server.address(), Headed::new().limit(4 << 20));
    let mut link = link.expect("it listens");
    link.set_timeouts(Timeouts { idle: Some(LATE), ..Timeouts::CLIENT });
    link
}

/// Asks, and gives the answer.
fn ask(link: &mut Link, request: &impl MessageOf<Request>) -> Response {
    link.send(request).expect("it is sent");
    link.recv().expect("it is understood").expect("it is there").message
}

fn key() -> Vec<u8> {
    b"key".into()
}

/// Each request of one shape after the other: the answer has the declared shape and says what it must.
/// But not Verbosity: memcached 1.6 does not know it, and takes its body for the next request.
#[test]
fn every_request() {
    let Some(server) = memcached() else { return };
    let link = &mut link(&server);
    let (cas, flags, expiry, value) = (0, 5, 0, || b"mid".to_vec());
    let set = |value| request::Set { cas, flags, expiry, key: key(), value };
    assert!(
        matches!(ask(link, &set(value())), Response::Set(it) if it.outcome == Outcome::Done(()))
    );
    let add = request::Add { cas, flags, expiry, key: key(), value: value() };
    assert!(
        matches!(ask(link, &add), Response::Add(it) if matches!(it.outcome, Outcome::KeyExists(_)))
    );
    let replace = request::Replace { cas, flags, expiry, key: b"no".into(), value: value() };
    let answer = ask(link, &replace);
    assert!(
        matches!(answer, Response::Replace(it) if matches!(it.outcome, Outcome::KeyNotFound(_)))
    );
    let append = request::Append { cas, key: key(), value: b">".into() };
    assert!(matches!(ask(link, &append), Response::Append(it) if it.outcome == Outcome::Done(())));
    let prepend = request::Prepend { cas, key: key(), value: b"<".into() };
    assert!(
        matches!(ask(link, &prepend), Response::Prepend(it) if it.outcome == Outcome::Done(()))
    );

    let whole = Outcome::Done(Value { bytes: b"<mid>".into() });
    let Response::Get(got) = ask(link, &request::Get { key: key() }) else { panic!("no Get") };
    assert_eq!((got.outcome, got.extras.map(|it| it.flags)), (whole.clone(), Some(5)));
    let Response::GetK(got) = ask(link, &request::GetK { key: key() }) else { panic!("no GetK") };
    assert_eq!((got.outcome, got.key), (whole.clone(), key()));
    let Response::GetK(miss) = ask(link, &request::GetK { key: b"no".into() }) else {
        panic!("no GetK")
    };
    assert!(matches!(miss.outcome, Outcome::KeyNotFound(_)) && miss.key == b"no", "{miss:?}");
    let touch = request::Touch { expiry: 3600, key: key() };
    let Response::Touch(touched) = ask(link, &touch) else { panic!("no Touch") };
    assert!(matches!(touched.outcome, Outcome::Done(_)), "{touched:?}");
    let touch = request::GetAndTouch { expiry: 3600, key: key() };
    assert!(matches!(ask(link, &touch), Response::GetAndTouch(it) if it.outcome == whole));

    let decrement = request::Decrement { cas, amount: 1, initial: 7, expiry, key: b"n".into() };
    let counted = |value| Outcome::Done(Counter { value });
    assert!(matches!(ask(link, &decrement), Response::Decrement(it) if it.outcome == counted(7)));
    assert!(matches!(ask(link, &decrement), Response::Decrement(it) if it.outcome == counted(6)));
    // Too large: the status is told, and the connection goes on.
    let Response::Set(it) = ask(link, &set(vec![b'x'; 2 << 20])) else { panic!("no Set") };
    assert!(matches!(it.outcome, Outcome::ValueTooLarge(_)), "{it:?}");
    let list = ask(link, &request::SaslListMechanisms {});
    assert!(
        matches!(&list, Response::SaslListMechanisms(it) if matches!(it.outcome, Outcome::UnknownCommand(_))),
        "{list:?}"
    );
    let flush = request::Flush { when: None };
    assert!(matches!(ask(link, &flush), Response::Flush(it) if it.outcome == Outcome::Done(())));
    let get = request::Get { key: key() };
    assert!(
        matches!(ask(link, &get), Response::Get(it) if matches!(it.outcome, Outcome::KeyNotFound(_)))
    );
    let version = ask(link, &request::Version {});
    assert!(matches!(
        version,
        Response::Version(response::Version { outcome: Outcome::Done(Text { .. }) })
    ));
    assert!(
        matches!(ask(link, &request::Quit {}), Response::Quit(it) if it.outcome == Outcome::Done(()))
    );
    assert!(link.recv().expect("a clean end").is_none());
}

/// What is quiet and succeeds says nothing; the opaque numbers say who failed.
#[test]
fn every_quiet_request() {
    let Some(server) = memcached() else { return };
    let mut link = link(&server);
    let (cas, flags, expiry, value) = (0, 0, 0, || b"v".to_vec());
    let missing = || b"missing".to_vec();
    let requests = [
        Request::from(request::SetQ { cas, flags, expiry, key: key(), value: value() }),
        request::AddQ { cas, flags, expiry, key: key(), value: value() }.into(),
        request::ReplaceQ { cas, flags, expiry, key: missing(), value: value() }.into(),
        request::AppendQ { cas, key: key(), value: value() }.into(),
        request::PrependQ { cas, key: missing(), value: value() }.into(),
        request::GetQ { key: key() }.into(),
        request::GetQ { key: missing() }.into(),
        request::GetKQ { key: key() }.into(),
        request::GetAndTouchQ { expiry, key: key() }.into(),
        request::IncrementQ { cas, amount: 1, initial: 0, expiry, key: b"n".into() }.into(),
        request::DecrementQ { cas, amount: 1, initial: 0, expiry: u32::MAX, key: missing() }.into(),
        request::DeleteQ { cas, key: key() }.into(),
        request::DeleteQ { cas, key: missing() }.into(),
        request::FlushQ { when: None }.into(),
        request::Noop {}.into(),
    ];
    for (opaque, message) in (0..).zip(requests) {
        let header = RequestHeader { opaque, ..RequestHeader::default() };
        link.queue(&WithHeader { header, message }).expect("it fits");
    }
    let mut answered = Vec::new();
    loop {
        let response = link.recv().expect("it is understood").expect("it is there");
        answered.push(response.header.opaque);
        if matches!(response.message, Response::Noop(_)) {
            break;
        }
    }
    // AddQ of what is there; ReplaceQ and PrependQ of what is not; three hits; two misses of changes.
    assert_eq!(answered, [1, 2, 4, 5, 7, 8, 10, 12, 14]);
    link.send(&request::QuitQ {}).expect("it is sent");
    assert!(link.recv().expect("a clean end").is_none());
}
