//! The example `calls`: many numbers at once over one connection, and a server that comes late.

use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::programs::finding::example;
use crate::programs::running::succeed;
use crate::programs::server::Server;

fn call(port: u16, numbers: &[&str]) -> Command {
    let mut command = Command::new(example("calls"));
    command.args(["call", "--connect", &format!("127.0.0.1:{port}")]).args(numbers);
    command
}

fn serve(port: u16) -> Command {
    let mut command = Command::new(example("calls"));
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
    command
}

/// The lines that a client wrote, whose order is that of the replies.
fn sorted(said: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = said.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn every_number_gets_its_own_square() {
    let server = Server::start(|port, _| serve(port));
    let said = succeed(&mut call(server.port(), &["3", "12", "70000", "0"]));
    assert_eq!(sorted(&said), ["0² = 0", "12² = 144", "3² = 9", "70000 is above 65535"]);
}

#[test]
fn a_server_that_comes_late_is_waited_for() {
    let port = Server::start(|port, _| serve(port)).port();
    let calling = thread::spawn(move || succeed(&mut call(port, &["5"])));
    thread::sleep(Duration::from_millis(200));
    let mut late = serve(port).spawn().expect("it starts");
    let said = calling.join();
    late.kill().and_then(|()| late.wait()).expect("it ran");
    assert_eq!(said.expect("no panic"), "5² = 25\n");
}
