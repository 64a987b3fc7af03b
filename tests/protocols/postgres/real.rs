//! The example client asks a real PostgreSQL, and so does each message that a client may send.
//!
//! One server for all of it, since a database takes seconds to make.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use protocol_core::Pack;
use protocol_core::frame::Headed;
use protocol_core::net::blocking::Connection;

use super::messages::*;
use super::opening::{PASSWORD, next, opened, postgres, session, until_ready};
use crate::programs::finding::example;
use crate::programs::running::{run, succeed};
use crate::programs::server::Server;

#[test]
fn talks() {
    let Some(server) = postgres() else { return };
    our_client_asks(&server);
    our_client_logs_in(&server);
    prepared_statements(&server);
    functions_and_copies(&server);
    notifications(&server);
    cancelling(&server);
    encryption_is_asked_for(&server);
    assert!(!server.log().contains("invalid message"), "{}", server.log());
    assert!(!server.log().contains("protocol"), "{}", server.log());
}

fn client(server: &Server, user: &str, query: &str) -> Command {
    let mut client = Command::new(example("postgres"));
    client.env_remove("PGPASSWORD").args(["--server", &server.address().to_string()]);
    client.args(["--user", user, "--database", "postgres", query]);
    client
}

fn our_client_asks(server: &Server) {
    let table = [
        ("select 1 as one, null::text as two", "one | two\n----+-----\n1   | NULL\nSELECT 1\n"),
        ("", "\n"),
        ("create table t (a int); insert into t values (1), (2)", "CREATE TABLE\nINSERT 0 2\n"),
        ("select a from t order by a desc", "a\n-\n2\n1\nSELECT 2\n"),
        ("copy t to stdout", "1\n2\nCOPY 2\n"),
        ("select 'ä' as \"ö\"", "ö\n-\nä\nSELECT 1\n"),
    ];
    for (query, printed) in table {
        assert_eq!(succeed(&mut client(server, "ann", query)), printed, "{query}");
    }
    let rows = succeed(&mut client(server, "ann", "select generate_series(1, 5000) as n"));
    assert!(rows.contains("\n5000\nSELECT 5000\n"), "{rows}");

    let output = run(&mut client(server, "ann", "do $$ begin raise notice 'note %', 7; end $$"));
    assert_eq!((output.stdout.as_str(), output.status.success()), ("DO\n", true));
    assert!(output.stderr.contains("NOTICE: note 7 (00000)"), "{}", output.stderr);

    for (query, error) in [
        ("select 1/0", "ERROR: division by zero (22012)"),
        ("selekt", "ERROR: syntax error at or near \\\"selekt\\\" (42601)\nat character 1"),
        ("select * from nowhere", "ERROR: relation \\\"nowhere\\\" does not exist (42P01)"),
        ("copy t from stdin", "COPY from stdin failed: this client has no data (57014)"),
    ] {
        let output = run(&mut client(server, "ann", query));
        assert!(!output.status.success() && output.stderr.contains(error), "{}", output.stderr);
    }
}

fn our_client_logs_in(server: &Server) {
    for user in ["bob", "cleo"] {
        let who = format!("select '{user}' = current_user as it");
        let mut right = client(server, user, &who);
        assert_eq!(succeed(right.env("PGPASSWORD", PASSWORD)), "it\n--\nt\nSELECT 1\n");
        let output = run(client(server, user, &who).env("PGPASSWORD", "wrong"));
        let error = format!("password authentication failed for user \\\"{user}\\\" (28P01)");
        assert!(output.stderr.contains(&error), "{}", output.stderr);
        let output = run(&mut client(server, user, &who));
        assert!(output.stderr.contains("the server wants a password"), "{}", output.stderr);
    }
    let output = run(&mut client(server, "dora", "select 1"));
    assert!(output.stderr.contains("(28000)"), "{}", output.stderr);
}

/// 55.2.3: a statement with a parameter, whose rows are fetched in two pieces.
fn prepared_statements(server: &Server) {
    let mut link = session(server);
    let name = || String::from("st");
    let query = "select g from generate_series(1, $1) g".into();
    link.queue(&Parse { statement: name(), query, types: vec![23] }).expect("it fits");
    link.queue(&Describe { target: Target::Statement, name: name() }).expect("it fits");
    link.queue(&Bind {
        portal: "po".into(),
        statement: name(),
        formats: vec![Format::Binary],
        parameters: vec![Value::from(&3_u32.to_be_bytes()[..])],
        result_formats: vec![Format::Binary],
    })
    .expect("it fits");
    link.queue(&Execute { portal: "po".into(), rows_max: 2 }).expect("it fits");
    // 55.2.3: without a Sync the server holds its answers back until it is asked for them.
    link.send(&Flush).expect("it is sent");
    assert_eq!(next(&mut link), Backend::ParseComplete(ParseComplete));
    let types = Backend::ParameterDescription(ParameterDescription { types: vec![23] });
    assert_eq!(next(&mut link), types);
    let Backend::RowDescription(description) = next(&mut link) else { panic!("no columns") };
    let columns: Vec<_> = description.columns.iter().map(|it| (&*it.name, it.data_type)).collect();
    assert_eq!(columns, [("g", 23)]);
    assert_eq!(next(&mut link), Backend::BindComplete(BindComplete));
    let row = |number: u32| {
        Backend::DataRow(DataRow { columns: vec![Value::from(&number.to_be_bytes()[..])] })
    };
    assert_eq!([next(&mut link), next(&mut link)], [row(1), row(2)]);
    assert_eq!(next(&mut link), Backend::PortalSuspended(PortalSuspended));

    link.queue(&Execute { portal: "po".into(), rows_max: 0 }).expect("it fits");
    link.queue(&Close { target: Target::Portal, name: "po".into() }).expect("it fits");
    link.queue(&Close { target: Target::Statement, name: name() }).expect("it fits");
    link.queue(&Parse { statement: String::new(), query: "begin".into(), types: Vec::new() })
        .expect("it fits");
    link.queue(&Describe { target: Target::Statement, name: String::new() }).expect("it fits");
    link.send(&Sync).expect("it is sent");
    let expected = [
        row(3),
        Backend::CommandComplete(CommandComplete { tag: "SELECT 1".into() }),
        Backend::CloseComplete(CloseComplete),
        Backend::CloseComplete(CloseComplete),
        Backend::ParseComplete(ParseComplete),
        Backend::ParameterDescription(ParameterDescription { types: Vec::new() }),
        Backend::NoData(NoData),
    ];
    assert_eq!(until_ready(&mut link), expected);
    link.queue(&Terminate).expect("it fits");
    link.close().expect("it is sent");
}

fn functions_and_copies(server: &Server) {
    let mut link = session(server);
    // int4eq(7, 7)
    let argument = || Value::from(&7_u32.to_be_bytes()[..]);
    link.send(&FunctionCall {
        function: 65,
        formats: vec![Format::Binary],
        arguments: vec![argument(), argument()],
        result_format: Format::Binary,
    })
    .expect("it is sent");
    let result = Value::from(&b"\x01"[..]);
    let response = Backend::FunctionCallResponse(FunctionCallResponse { result });
    assert_eq!(until_ready(&mut link), [response]);

    link.send(&Query { query: "create table c (a int, b text)".into() }).expect("it is sent");
    until_ready(&mut link);
    link.send(&Query { query: "copy c from stdin".into() }).expect("it is sent");
    let (format, columns) = (CopyFormat::Text, vec![Format::Text; 2]);
    assert_eq!(next(&mut link), Backend::CopyInResponse(CopyInResponse { format, columns }));
    // Cut anywhere.
    for piece in ["1\tone\n2", "\ttwo\n"] {
        link.queue(&CopyData { data: piece.into() }).expect("it fits");
    }
    link.send(&CopyDone).expect("it is sent");
    let copied = |tag: &str| Backend::CommandComplete(CommandComplete { tag: tag.into() });
    assert_eq!(until_ready(&mut link), [copied("COPY 2")]);
    link.send(&Query { query: "copy c to stdout".into() }).expect("it is sent");
    let columns = vec![Format::Text; 2];
    let data = |data: &str| Backend::CopyData(CopyData { data: data.into() });
    let expected = [
        Backend::CopyOutResponse(CopyOutResponse { format, columns }),
        data("1\tone\n"),
        data("2\ttwo\n"),
        Backend::CopyDone(CopyDone),
        copied("COPY 2"),
    ];
    assert_eq!(until_ready(&mut link), expected);
}

fn notifications(server: &Server) {
    let (mut link, key) = opened(server);
    link.send(&Query { query: "listen c; notify c, 'hi'".into() }).expect("it is sent");
    let notification =
        NotificationResponse { process: key.process, channel: "c".into(), payload: "hi".into() };
    let messages = until_ready(&mut link);
    assert!(messages.contains(&Backend::NotificationResponse(notification)), "{messages:?}");
}

/// 55.2.8: over a connection of its own, with what the session was told.
fn cancelling(server: &Server) {
    let (mut link, key) = opened(server);
    let asleep = "statement: select pg_sleep(600)";
    link.send(&Query { query: "select pg_sleep(600)".into() }).expect("it is sent");
    server.wait_for(asleep, 1);
    let mut cancel = Connection::<Startup, Startup, Headed<StartupHeader>>::connect_with(
        server.address(),
        Headed::new(),
    )
    .expect("it listens");
    let BackendKeyData { process, secret } = key;
    cancel.send(&CancelRequest { process, secret }).expect("it is sent");
    let messages = until_ready(&mut link);
    let is_cancelled = messages.iter().any(|message| match message {
        Backend::ErrorResponse(error) => error.fields.contains(&ErrorField::Code("57014".into())),
        _ => false,
    });
    assert!(is_cancelled, "{messages:?}");
}

/// 55.2.10, 55.2.11: one byte is the answer. This server has no certificate; whether it can do GSSAPI, its
/// packager decided.
fn encryption_is_asked_for(server: &Server) {
    let asked = [
        (Startup::SslRequest(SslRequest), &b"N"[..]),
        (Startup::GssEncRequest(GssEncRequest), b"GN"),
    ];
    for (request, answers) in asked {
        let mut stream = TcpStream::connect(server.address()).expect("it listens");
        stream.write_all(&request.pack().expect("it packs")).expect("it is taken");
        let mut answer = [0];
        stream.read_exact(&mut answer).expect("an answer");
        assert!(answers.contains(&answer[0]), "{answer:?} to {request:?}");
    }
}
