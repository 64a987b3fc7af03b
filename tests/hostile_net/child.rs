//! A server in a process of its own, that can be bounded, measured from outside, and killed.
//!
//! The process is this test program once more, with one test that serves.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::heap;
use crate::running::{Client, Kind, LATE, Options, Running};

/// Tells the second process which kind of server it is to be.
const SERVE: &str = "PROTOCOL_TEST_SERVE";
/// Tells it where to listen.
const LISTEN: &str = "PROTOCOL_TEST_LISTEN";
const CONNECTIONS: usize = 12_000;

pub(crate) struct ServerProcess {
    pub(crate) address: SocketAddr,
    child: Child,
    commands: ChildStdin,
    lines: Receiver<String>,
}

/// What the server itself knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Held {
    pub(crate) connections: usize,
    pub(crate) buffers: usize,
    pub(crate) heap: i64,
}

impl ServerProcess {
    /// Starts a server in a process that a shell has bounded so.
    pub(crate) fn start(kind: Kind, bound: &str) -> ServerProcess {
        ServerProcess::start_at(kind, bound, "127.0.0.1:0")
    }

    /// The same at this address.
    pub(crate) fn start_at(kind: Kind, bound: &str, address: &str) -> ServerProcess {
        let mut child = Command::new("sh")
            .args(["-c", &format!("{bound} && exec \"$0\" \"$@\"")])
            .arg(env::current_exe().expect("a path"))
            .args(["--exact", "child::serve_if_asked", "--nocapture", "--test-threads=1"])
            .env(SERVE, format!("{kind:?}"))
            .env(LISTEN, address)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let commands = child.stdin.take().expect("piped");
        let (tell, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                // The test harness writes the name of the test before our first line.
                let line = line.rsplit_once("::> ").map(|(_, line)| line.to_owned());
                line.map(|line| tell.send(line)).transpose().map(drop).unwrap_or_default();
            }
        });
        let address = lines.recv_timeout(LATE).expect("it listens").parse().expect("an address");
        ServerProcess { address, child, commands, lines }
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(self.address)
    }

    pub(crate) fn held(&mut self) -> Held {
        writeln!(self.commands, "held").expect("it listens");
        let line = self.lines.recv_timeout(LATE).expect("an answer");
        let numbers: Vec<i64> =
            line.split(' ').map(|number| number.parse().expect("a number")).collect();
        let count = |place: usize| usize::try_from(numbers[place]).expect("not negative");
        Held { connections: count(0), buffers: count(1), heap: numbers[2] }
    }

    pub(crate) fn wait_for_connections(&mut self, count: usize) -> Held {
        let began = std::time::Instant::now();
        loop {
            let held = self.held();
            if held.connections == count {
                return held;
            }
            assert!(began.elapsed() < LATE, "{held:?} instead of {count}");
            thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// The resident memory of the process, in bytes.
    pub(crate) fn rss(&self) -> i64 {
        1024 * self.status("VmRSS:")
    }

    pub(crate) fn threads(&self) -> i64 {
        self.status("Threads:")
    }

    pub(crate) fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("it runs").count()
    }

    /// The processor time that the process took, in hundredths of a second.
    pub(crate) fn ticks(&self) -> u64 {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = fs::read_to_string(path).expect("it runs");
        // The name, in parentheses, may hold spaces.
        let (_, fields) = stat.rsplit_once(") ").expect("a name");
        let fields: Vec<&str> = fields.split(' ').collect();
        [fields[11], fields[12]].iter().map(|ticks| ticks.parse::<u64>().expect("ticks")).sum()
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(status.expect("kill").success());
    }

    /// What the server says of itself: at its end a report.
    pub(crate) fn report(&self) -> String {
        self.lines.recv_timeout(LATE).expect("a report")
    }

    fn status(&self, name: &str) -> i64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        line.split_whitespace().next().expect("a number").parse().expect("a number")
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}

/// Not a test but the second process, unless it is the first.
#[test]
fn serve_if_asked() {
    let kind = match env::var(SERVE) {
        Ok(kind) if kind == "Blocking" => Kind::Blocking,
        Ok(_) => Kind::Tokio,
        Err(_) => return,
    };
    let options = Options { connections: CONNECTIONS, ..Options::default() };
    let server = Running::on(kind, options, &env::var(LISTEN).expect("an address"));
    let say = |line: &str| println!("::> {line}");
    say(&server.address.to_string());
    ctrlc::set_handler(server.drainer()).expect("the first handler");
    let seen = server.seen();
    thread::spawn(move || {
        for command in std::io::stdin().lines().map_while(Result::ok) {
            assert_eq!(command, "held");
            let (connections, buffers) = seen();
            println!("::> {connections} {buffers} {}", heap::held());
        }
    });
    let report = server.wait();
    say(&report.to_string());
}
