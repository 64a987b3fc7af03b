//! A real Python program talks to the example server and client, over real sockets.
//!
//! Without `python3` these tests say loudly that they are skipped; with `PROTOCOL_REQUIRE_PEERS=1`
//! they fail instead.
#![expect(clippy::panic, reason = "a helper of a test fails as the test does")]

#[expect(dead_code, reason = "the servers of the other protocols")]
mod programs;

use std::net::{Ipv6Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::programs::finding::{example, find};
use crate::programs::running::{Output, Program, run};

/// The example server, on a port of its own.
struct ServerProgram {
    program: Program,
    port: String,
}

impl ServerProgram {
    fn start(framing: &str) -> ServerProgram {
        let mut command = Command::new(example("server"));
        ServerProgram::started(command.args(["--listen", "localhost:0", "--framing", framing]))
    }

    /// A server inside TLS with this proof, or with a certificate that it makes and names.
    fn inside_tls(driver: &[&str], proof: &[&str]) -> (ServerProgram, Option<String>) {
        let mut command = Command::new(example("server"));
        command.args(["--listen", "localhost:0", "--framing", "length", "--tls"]);
        let program = ServerProgram::spawn(command.args(driver).args(proof));
        let made = proof.is_empty().then(|| {
            let line = program.line_with("--ca ");
            line.split("--ca ").nth(1).expect("a path").trim_end_matches('`').to_owned()
        });
        (ServerProgram::of(program), made)
    }

    fn started(command: &mut Command) -> ServerProgram {
        ServerProgram::of(ServerProgram::spawn(command))
    }

    fn spawn(command: &mut Command) -> Program {
        Program::start(command.stderr(Stdio::piped()), |child| {
            Box::new(child.stderr.take().expect("piped"))
        })
    }

    fn of(program: Program) -> ServerProgram {
        let line = program.line_with("listening on 127.0.0.1:");
        let port = line.rsplit(':').next().expect("a port").to_owned();
        ServerProgram { program, port }
    }

    /// Lets the Python client do something with the server.
    fn python(&self, command: &str, framing: &str, rest: &[&str]) -> String {
        let args = [&[command, framing, &self.port], rest].concat();
        let output = run(python().args(args));
        assert!(
            output.status.success() && output.stdout.ends_with("done\n"),
            "{command} {framing} {rest:?}:\n{}",
            output.stderr,
        );
        output.stdout
    }
}

fn python() -> Command {
    let mut command = Command::new("python3");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/article.py"));
    command
}

/// Whether there is a Python to talk to.
fn is_there() -> bool {
    find("python3").is_some()
}

/// Tests with hundreds of sockets and a clock run one after the other.
fn alone() -> impl Drop {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

const FRAMINGS: [&str; 2] = ["raw", "length"];

#[test]
fn a_conversation_in_both_framings() {
    let _alone = alone();
    for framing in FRAMINGS.into_iter().filter(|_| is_there()) {
        let server = ServerProgram::start(framing);
        server.python("converse", framing, &["4"]);
        for part in [": LOGIN ann", ": DATA hello", ": LOGOUT", ": gone"] {
            let line = server.program.line_with(part);
            assert!(line.contains("127.0.0.1:"), "{line}");
        }
    }
}

#[test]
fn clients_of_either_family() {
    let _alone = alone();
    if !is_there() {
        return;
    }
    let server = ServerProgram::start("raw");
    server.python("converse", "raw", &["4"]);
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        server.python("converse", "raw", &["6"]);
    } else {
        eprintln!("\n*** SKIPPED: this machine has no IPv6 ***\n");
    }
}

#[test]
fn two_hundred_clients_before_the_first_byte() {
    let _alone = alone();
    for framing in FRAMINGS.into_iter().filter(|_| is_there()) {
        ServerProgram::start(framing).python("crowd", framing, &["200"]);
    }
}

#[test]
fn a_thousand_messages_in_one_write() {
    let _alone = alone();
    if is_there() {
        ServerProgram::start("length").python("pile", "length", &["1000"]);
    }
}

#[test]
fn a_conversation_cut_at_each_byte() {
    let _alone = alone();
    if is_there() {
        ServerProgram::start("length").python("cut", "length", &[]);
    }
}

#[test]
fn a_bad_message_ends_its_connection_only() {
    let _alone = alone();
    let cases = [
        ("09", "Chat at byte 0: no message has the type 9"),
        ("03ff", "Data.text at byte 1: "),
        ("01616e6ec3", "Login.user at byte "),
    ];
    for framing in FRAMINGS.into_iter().filter(|_| is_there()) {
        let server = ServerProgram::start(framing);
        for (message, says) in cases {
            let text = server.python("bad", framing, &[message]);
            let peer = text.lines().next().expect("the client's own address");
            let line = server.program.line_with("ERROR");
            assert!(line.contains(&format!("{peer}: {says}")), "{line}");
        }
    }
}

#[test]
fn text_from_a_peer_forges_no_log_line() {
    let _alone = alone();
    let server = ServerProgram::start("length");
    let forged = "\u{1b}[2J\nERROR all is lost";
    let status = client("length", &server.port, &["--data", forged]).status;
    assert!(status.success());
    let line = server.program.line_with(": DATA ");
    assert!(line.ends_with(r": DATA \u{1b}[2J\nERROR all is lost"), "{line}");
    let long = "é".repeat(400);
    assert!(client("length", &server.port, &["--data", &long]).status.success());
    let line = server.program.line_with(": DATA ");
    assert!(line.ends_with(&format!(": DATA {}", "é".repeat(128))), "{line}");
}

#[test]
fn ctrl_c_ends_the_server() {
    let _alone = alone();
    for framing in FRAMINGS.into_iter().filter(|_| cfg!(unix)) {
        let mut server = ServerProgram::start(framing);
        let _silent = TcpStream::connect(format!("127.0.0.1:{}", server.port));
        assert_eq!(server.program.interrupt().code(), Some(0));
        server.program.line_with("stopped");
    }
}

/// Accepting without free file descriptors fails at once, again and again: a server that tries
/// again at once burns a core and fills its log.
#[test]
fn a_server_without_free_descriptors_waits_and_recovers() {
    let _alone = alone();
    if !cfg!(unix) {
        return;
    }
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 24; exec \"$0\" --listen 127.0.0.1:0 --framing length"]);
    let server = ServerProgram::started(command.arg(example("server")));
    let address = format!("127.0.0.1:{}", server.port);
    let crowd: Vec<_> = (0..50).map(|_| TcpStream::connect(&address)).collect();
    server.program.line_with("cannot accept a connection: ");
    thread::sleep(Duration::from_millis(1500));
    drop(crowd);
    let lines: Vec<String> = server.program.lines.try_iter().collect();
    let failures = lines.iter().filter(|line| line.contains("cannot accept"));
    assert!(failures.count() < 12, "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("were dropped")), "{lines:#?}");
    assert!(client("length", &server.port, &["--data", "back"]).status.success());
}

fn client(framing: &str, port: &str, messages: &[&str]) -> Output {
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new(example("client"));
    run(command.args(["--connect", &address, "--framing", framing]).args(messages))
}

#[test]
fn a_python_server_is_spoken_to() {
    let _alone = alone();
    for framing in FRAMINGS.into_iter().filter(|_| is_there()) {
        let mut command = python();
        command.args(["serve", framing]).stdout(Stdio::piped());
        let server =
            Program::start(&mut command, |child| Box::new(child.stdout.take().expect("piped")));
        let port = server.line_with("");
        // The order is that of the command line.
        let messages = ["--data", "one", "--login", "ann", "--data", "two", "--logout"];
        let output = client(framing, &port, &messages);
        assert_eq!(output.stdout, "DATA Received message\n".repeat(4), "{output:?}");
        for message in ["DATA one", "LOGIN ann", "DATA two", "LOGOUT"] {
            assert_eq!(server.line_with("").trim_end(), message);
        }
    }
}

#[test]
fn a_client_without_a_server_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("known").port().to_string();
    drop(listener);
    let output = client("raw", &port, &["--logout"]);
    assert!(!output.status.success());
    let text = output.stderr;
    assert!(text.starts_with(&format!("error: cannot connect to 127.0.0.1:{port}: ")), "{text}");
}

/// Both drivers of the examples.
const DRIVERS: [&[&str]; 2] = [&[], &["--async"]];

fn client_in_tls(port: &str, driver: &[&str], proof: &[&str]) -> Output {
    let mut command = Command::new(example("client"));
    let address = format!("localhost:{port}");
    command.args(["--connect", &address, "--framing", "length", "--data", "hello", "--tls"]);
    run(command.args(driver).args(proof))
}

fn says(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]].concat()
}

fn interrupt(mut server: ServerProgram) {
    assert_eq!(server.program.interrupt().code(), Some(0));
    server.program.line_with("stopped");
}

#[test]
fn in_tasks_of_tokio() {
    let _alone = alone();
    for framing in FRAMINGS.into_iter().filter(|_| is_there()) {
        let mut command = Command::new(example("server"));
        command.args(["--listen", "localhost:0", "--framing", framing, "--async"]);
        let server = ServerProgram::started(&mut command);
        server.python("converse", framing, &["4"]);
        server.program.line_with(": DATA hello");
        let address = format!("127.0.0.1:{}", server.port);
        let mut command = Command::new(example("client"));
        command.args(["--connect", &address, "--framing", framing, "--async", "--login", "ann"]);
        assert_eq!(says(&run(&mut command)), "DATA Received message\n");
        if cfg!(unix) {
            interrupt(server);
        }
    }
}

#[test]
fn inside_tls_with_a_certificate_made_for_the_run() {
    let _alone = alone();
    for driver in DRIVERS {
        let (server, made) = ServerProgram::inside_tls(driver, &[]);
        let made = made.expect("it names one");
        let output = client_in_tls(&server.port, driver, &["--ca", &made]);
        assert_eq!(says(&output), "DATA Received message\n");
        server.program.line_with(": DATA hello");
        let text = says(&client_in_tls(&server.port, driver, &[]));
        assert_eq!(text, "error: --tls needs --ca, whom to trust\n");

        // Somebody else's certificate, and no TLS at all.
        let (_other, others) = ServerProgram::inside_tls(driver, &[]);
        let others = others.expect("it names one");
        let text = says(&client_in_tls(&server.port, driver, &["--ca", &others]));
        assert!(text.contains("the TLS handshake failed: invalid peer certificate: "), "{text}");
        assert!(!client("length", &server.port, &["--data", "hello"]).status.success());
        server.program.line_with("the peer speaks no TLS (at 00 00 00 06 03 68 65 6c)");
        if cfg!(unix) {
            interrupt(server);
            assert!(!Path::new(&made).exists(), "the certificate outlives its run");
        }
    }
}

#[test]
fn inside_tls_a_made_certificate_is_for_this_machine_only() {
    for driver in DRIVERS {
        let mut command = Command::new(example("server"));
        let text = says(&run(command.args(["--listen", "0.0.0.0:0", "--tls"]).args(driver)));
        assert!(text.starts_with("error: others can reach 0.0.0.0:"), "{text}");
        assert!(text.ends_with("give --cert and --key, or listen on localhost\n"), "{text}");
    }
}

#[test]
fn inside_tls_both_prove_who_they_are() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a folder");
    let [cert, key] = ["cert.pem", "key.pem"]
        .map(|name| folder.path().join(name).to_str().expect("text").to_owned());
    // Both sides have the same proof, and trust it alone.
    let made = rcgen::generate_simple_self_signed(["localhost".into()]).expect("a certificate");
    std::fs::write(&cert, made.cert.pem()).expect("written");
    std::fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let proof = ["--cert", &cert, "--key", &key, "--ca", &cert];
    for driver in DRIVERS {
        let (server, _) = ServerProgram::inside_tls(driver, &proof);
        let text = says(&client_in_tls(&server.port, driver, &proof));
        assert_eq!(text, "DATA Received message\n");
        let text = says(&client_in_tls(&server.port, driver, &["--ca", &cert]));
        assert!(text.starts_with("error: "), "{text}");
        server.program.line_with("the TLS handshake failed: peer sent no certificates");
    }
}
