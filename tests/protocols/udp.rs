//! The example `udp`: a server and its clients, as programs.

use std::io::{BufRead, BufReader, Read};
use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{LATE, end, example, run, succeed};

/// The running server, that is ended with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Server {
        let mut command = Command::new(example("udp"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut line = String::new();
        let output = child.stderr.as_mut().expect("piped");
        BufReader::with_capacity(1, output).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
        Server { child, address }
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

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).map(drop).unwrap_or_default();
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
        let id = server.child.id().to_string();
        succeed(Command::new("kill").args(["-INT", &id]));
        let status = end(&mut server.child, Duration::from_secs(20)).expect("it ends");
        assert!(status.success());
        let mut log = String::new();
        server.child.stderr.take().expect("piped").read_to_string(&mut log).expect("text");
        assert!(
            log.contains("the peer seems to speak HTTP") && log.ends_with("stopped\n"),
            "{log}"
        );
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
