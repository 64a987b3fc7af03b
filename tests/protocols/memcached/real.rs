//! The example client talks to a real memcached.

use std::path::Path;
use std::process::Command;

use crate::program::find;
use crate::server::Server;

fn memcached() -> Option<Server> {
    let program = find("memcached")?;
    Some(Server::start(|port, _: &Path| {
        let mut command = Command::new(&program);
        command.args(["-u", "root", "-U", "0", "-l", "127.0.0.1", "-p", &port.to_string()]);
        command
    }))
}

#[test]
fn a_memcached_starts() {
    let Some(server) = memcached() else { return };
    assert!(server.folder().is_dir() && server.port() > 0, "{}", server.log());
}
