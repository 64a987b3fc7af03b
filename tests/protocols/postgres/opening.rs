//! A real PostgreSQL for a test, and sessions with it.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use protocol_core::conn::Timeouts;
use protocol_core::frame::Headed;
use protocol_core::net::blocking::Connection;

use super::messages::*;
use crate::programs::finding::find;
use crate::programs::running::{LATE, succeed};
use crate::programs::server::Server;

pub(super) type Link = Connection<Backend, Frontend, Headed<Header>>;

/// The password of those who have one.
pub(super) const PASSWORD: &str = "open sesame";

/// Ann comes in as she is, the others with a password: bob proves that he knows it, cleo says it.
const WHO_COMES_IN: &str = "\
host all ann 127.0.0.1/32 trust
host all bob 127.0.0.1/32 scram-sha-256
host all cleo 127.0.0.1/32 password
host all dora 127.0.0.1/32 reject
";

/// A server with a database of its own; `None` if this machine has none.
pub(super) fn postgres() -> Option<Server> {
    let (initdb, postgres) = (find("initdb")?, find("postgres")?);
    let folder = tempfile::tempdir().expect("a folder for the server");
    let owner = owner();
    if let Some(owner) = owner {
        chown(folder.path(), Some(owner), Some(owner_group())).expect("root may do this");
    }
    let data = folder.path().join("data");
    let mut initdb = as_owner(&initdb);
    initdb.args(["--username=ann", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    succeed(initdb.arg("--pgdata").arg(&data).current_dir(folder.path()));
    fs::write(data.join("pg_hba.conf"), WHO_COMES_IN).expect("its settings");
    let server = Server::start_in(folder, |port, folder: &Path| {
        let mut command = as_owner(&postgres);
        command.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]);
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "log_statement=all",
        ] {
            command.args(["-c", setting]);
        }
        command
    });
    // It accepts connections before it knows what to do with them.
    server.wait_for("ready to accept connections", 1);
    let mut link = session(&server);
    for user in ["bob", "cleo", "dora"] {
        let query = format!("create role {user} login password '{PASSWORD}'");
        link.send(&Query { query }).expect("it is sent");
        until_ready(&mut link);
    }
    Some(server)
}

/// PostgreSQL does not run as root: then it runs as the user that its package made.
fn owner() -> Option<u32> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    is_root.then(|| id("-u"))
}

fn owner_group() -> u32 {
    id("-g")
}

fn id(which: &str) -> u32 {
    let id = succeed(Command::new("id").args([which, "postgres"]));
    id.trim().parse().expect("a number")
}

/// The program, with the rights of the owner. What runs it becomes it, so that ending it ends both.
fn as_owner(program: &PathBuf) -> Command {
    let Some(owner) = owner() else { return Command::new(program) };
    let mut command = Command::new(find("setpriv").expect("it is part of every Debian"));
    command.arg(format!("--reuid={owner}")).arg(format!("--regid={}", owner_group()));
    command.arg("--clear-groups").arg(program);
    command
}

/// A session of ann's.
pub(super) fn session(server: &Server) -> Link {
    opened(server).0
}

/// A session of ann's, and what it takes to cancel its queries.
pub(super) fn opened(server: &Server) -> (Link, BackendKeyData) {
    let stream = TcpStream::connect(server.address()).expect("it listens");
    let opening = stream.try_clone().expect("a second handle");
    let mut opening =
        Connection::<Startup, Startup, Headed<StartupHeader>>::over(opening, Headed::new());
    let parameters = vec![Parameter::new("user", "ann"), Parameter::new("database", "postgres")];
    opening.send(&StartupMessage { parameters }).expect("it is sent");
    let mut link = Link::over(stream, Headed::new());
    link.set_timeouts(Timeouts { idle: Some(LATE), ..Timeouts::CLIENT });
    let mut key = None;
    for message in until_ready(&mut link) {
        match message {
            Backend::BackendKeyData(data) => key = Some(data),
            Backend::Authentication(Authentication { request: AuthenticationRequest::Ok })
            | Backend::ParameterStatus(_) => {}
            other => panic!("{other:?} at the start of a session"),
        }
    }
    (link, key.expect("every session has one"))
}

/// The next message.
pub(super) fn next(link: &mut Link) -> Backend {
    link.recv().expect("it is understood").expect("the session goes on")
}

/// All messages before the server is ready for the next query.
pub(super) fn until_ready(link: &mut Link) -> Vec<Backend> {
    let mut messages = Vec::new();
    loop {
        match next(link) {
            Backend::ReadyForQuery(_) => return messages,
            message => messages.push(message),
        }
    }
}
