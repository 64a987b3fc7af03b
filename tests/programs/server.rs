//! A server program on a free port of the loopback, in a folder of its own, for as long as a test runs.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::programs::running::{LATE, end};

/// How often another port is tried if somebody else took the one that was free.
const TRIES: usize = 5;
/// How long a server may take to clean up after an interrupt.
const GRACE: Duration = Duration::from_secs(5);

/// A running server. It is ended with the test, and what it wrote is shown if the test fails.
pub(crate) struct Server {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Server {
    /// Starts what `command` makes of a free port (of TCP and of UDP) and an empty folder, and waits
    /// until it accepts connections.
    pub(crate) fn start(command: impl FnMut(u16, &Path) -> Command) -> Server {
        let folder = tempfile::tempdir().expect("a folder for the server");
        Server::start_in(folder, command)
    }

    /// As [`start`](Server::start), in a folder that may be filled already.
    pub(crate) fn start_in(
        folder: TempDir,
        mut command: impl FnMut(u16, &Path) -> Command,
    ) -> Server {
        let (child, port) = spawn(folder.path(), &mut command);
        let mut server = Server { child, port, folder };
        for _ in 0..TRIES {
            if server.is_up() {
                return server;
            }
            eprintln!("{}", server.log());
            server.stop();
            (server.child, server.port) = spawn(server.folder.path(), &mut command);
        }
        panic!("the server does not start");
    }

    /// The port, of TCP and of UDP.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// All that the server wrote so far.
    pub(crate) fn log(&self) -> String {
        let log = fs::read(self.folder.path().join("log")).unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    /// Waits until the server has written this so often.
    pub(crate) fn wait_for(&self, part: &str, times: usize) {
        let deadline = Instant::now() + LATE;
        while self.log().matches(part).count() < times {
            assert!(Instant::now() < deadline, "no `{part}` in:\n{}", self.log());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the server accepts connections; `false` if it ended instead.
    fn is_up(&mut self) -> bool {
        let deadline = Instant::now() + LATE;
        while end(&mut self.child, Duration::ZERO).is_none() {
            if TcpStream::connect(self.address()).is_ok() {
                return true;
            }
            assert!(Instant::now() < deadline, "the server accepts no connection");
            thread::sleep(Duration::from_millis(5));
        }
        false
    }

    /// Ends the server: asks it to, and if it does not, without asking.
    fn stop(&mut self) {
        let id = self.child.id().to_string();
        let asked = end(&mut self.child, Duration::ZERO).is_none()
            && Command::new("kill").args(["-INT", &id]).status().is_ok();
        if !asked || end(&mut self.child, GRACE).is_none() {
            // It may have ended by itself.
            self.child.kill().unwrap_or_default();
        }
        self.child.wait().map(drop).unwrap_or_default();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
        if thread::panicking() {
            eprintln!("the server wrote:\n{}", self.log());
        }
    }
}

fn spawn(folder: &Path, command: &mut impl FnMut(u16, &Path) -> Command) -> (Child, u16) {
    let port = free_port();
    let mut command = command(port, folder);
    let log = File::create(folder.join("log")).expect("a file for its output");
    let also = log.try_clone().expect("the same file");
    let child = command.current_dir(folder).stdout(log).stderr(also).spawn();
    (child.unwrap_or_else(|error| panic!("{command:?} does not start: {error}")), port)
}

/// A port that is free for TCP and UDP.
fn free_port() -> u16 {
    loop {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there are free ports");
        let port = tcp.local_addr().expect("it is bound").port();
        if UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}
