//! The example `udp`: a server and its clients, as programs.

use std::net::UdpSocket;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::programs::finding::example;
use crate::programs::running::{LATE, Program, run, succeed};

/// The running server, that is ended with the test.
struct Server {
    program: Program,
    address: String,
}

impl Server {
    fn start() -> Server {
        let mut command = Command::new(example("udp"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let program =
            Program::start(&mut command, |child| Box::new(child.stderr.take().expect("piped")));
        let line = program.line_with("listening on ");
        let address = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
        Server { program, address }
    }

    fn client(&self, args: &[&str]) -> Command {
        let mut command = Command::new(example("udp"));
        command.args(args).args(["--server", &self.address]);
        command
    }

    /// The total of a name, once all that was sent has come, or once it has come late.
    fn ask_until(&self, name: &str, wanted: &str) {
        let began = Instant::now();
        loop {
            let total = succeed(&mut self.client(&["ask", name]));
            if total.trim() == wanted {
                return;
            }
            assert!(began.elapsed() < LATE, "the total of {name} is {total}");
        }
    }
}

#[test]
fn things_are_counted_among_strangers() {
    let mut server = Server::start();
    succeed(&mut server.client(&["add", "visitors", "3"]));
    succeed(&mut server.client(&["add", "visitors"]));
    server.ask_until("visitors", "4");
    server.ask_until("nothing", "0");

    // The bytes of the wire, and a question that is none.
    let stranger = UdpSocket::bind("127.0.0.1:0").expect("a port");
    stranger.set_read_timeout(Some(LATE)).expect("set");
    stranger.send_to(b"GET / HTTP/1.1\r\n", &server.address).expect("sent");
    stranger.send_to(b"\x02\x08visitors", &server.address).expect("sent");
    let mut answer = [0; 64];
    let length = stranger.recv(&mut answer).expect("an answer");
    let total = b"\x03\x08visitors\x00\x00\x00\x00\x00\x00\x00\x04";
    assert_eq!(answer.get(..length), Some(&total[..]));

    if cfg!(unix) {
        assert!(server.program.interrupt().success());
        server.program.line_with("the peer seems to speak HTTP");
        server.program.line_with("stopped");
    }
}

#[test]
fn a_client_without_a_server_says_so() {
    let nobody = UdpSocket::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let mut command = Command::new(example("udp"));
    let output = run(command.args(["ask", "visitors", "--server", &nobody.to_string()]));
    assert!(!output.status.success());
    assert!(output.stderr.ends_with("error: the server does not answer\n"), "{}", output.stderr);
}
