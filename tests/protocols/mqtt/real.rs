//! The example client talks to a real mosquitto; mosquitto's own clients talk through the example broker.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::programs::finding::{example, find};
use crate::programs::running::{LATE, end, succeed};
use crate::programs::server::Server;

const QOS: [&str; 3] = ["0", "1", "2"];

/// A mosquitto that lets everybody in and writes down all that it does.
fn mosquitto() -> Option<Server> {
    let program = find("mosquitto")?;
    Some(Server::start(|port, folder: &Path| {
        let settings = format!("listener {port} 127.0.0.1\nallow_anonymous true\n");
        let file = folder.join("mosquitto.conf");
        fs::write(&file, settings).expect("a file for its settings");
        let mut command = Command::new(&program);
        command.arg("-v").arg("-c").arg(file);
        command
    }))
}

/// The example broker.
fn broker() -> Server {
    let program = example("mqtt");
    Server::start(|port, _: &Path| {
        let mut command = Command::new(&program);
        command.args(["broker", "--listen", &format!("127.0.0.1:{port}")]);
        command
    })
}

fn client(server: &Server, command: &str) -> Command {
    let mut client = Command::new(example("mqtt"));
    client.args([command, "--server", &server.address().to_string()]);
    client
}

fn mosquitto_client(program: &PathBuf, server: &Server) -> Command {
    let mut command = Command::new(program);
    command.args(["-V", "mqttv311", "-h", "127.0.0.1", "-p", &server.port().to_string()]);
    command
}

/// A program that prints what it hears.
struct Listener {
    child: Child,
    lines: Receiver<String>,
}

impl Listener {
    fn start(command: &mut Command) -> Listener {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        Listener { child, lines: lines_of(stdout) }
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(LATE).expect("a line")
    }

    /// It ends by itself, with success.
    fn ends(mut self) {
        let status = end(&mut self.child, LATE).expect("it ends");
        assert!(status.success(), "{status}");
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}

fn lines_of(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            sender.send(line).unwrap_or_default();
        }
    });
    lines
}

/// Starts the example client on these topics, and waits until it has subscribed.
fn subscribed(server: &Server, args: &[&str]) -> Listener {
    let mut command = client(server, "sub");
    let mut listener = Listener::start(command.args(args).stderr(Stdio::piped()));
    let lines = lines_of(listener.child.stderr.take().expect("piped"));
    assert_eq!(lines.recv_timeout(LATE).as_deref(), Ok("subscribed"));
    listener
}

#[test]
fn our_client_through_mosquitto() {
    let Some(server) = mosquitto() else { return };
    for qos in QOS {
        let listener = subscribed(&server, &["--topic", "a/+", "--qos", qos, "--count", "2"]);
        for text in ["one", "two"] {
            let args = ["--topic", "a/b", "--message", text, "--qos", qos];
            succeed(client(&server, "pub").args(args));
        }
        assert_eq!([listener.line(), listener.line()], ["a/b one", "a/b two"]);
        listener.ends();
    }
    // mosquitto saw the whole flow of QoS 2, as the receiver and as the sender.
    for step in ["Sending PUBREC", "Received PUBREL", "Sending PUBCOMP"] {
        server.wait_for(step, 2);
    }
    for step in ["Received PUBREC", "Sending PUBREL", "Received PUBCOMP"] {
        server.wait_for(step, 2);
    }
    let log = server.log();
    assert!(!log.contains("rror") && !log.contains("Bad"), "{log}");
}

#[test]
fn our_client_and_those_of_mosquitto() {
    let Some(server) = mosquitto() else { return };
    let (Some(publisher), Some(subscriber)) = (find("mosquitto_pub"), find("mosquitto_sub")) else {
        return;
    };
    for qos in QOS {
        let ours = subscribed(&server, &["--topic", "#", "--qos", qos, "--count", "1"]);
        let publish = ["-t", "t", "-m", "theirs", "-q", qos];
        succeed(mosquitto_client(&publisher, &server).args(publish));
        assert_eq!(ours.line(), "t theirs");
        ours.ends();

        let times = server.log().matches("Sending SUBACK").count() + 1;
        let subscribe = ["-t", "t", "-q", qos, "-C", "1", "-v"];
        let theirs = Listener::start(mosquitto_client(&subscriber, &server).args(subscribe));
        server.wait_for("Sending SUBACK", times);
        let publish = ["--topic", "t", "--message", "ours", "--qos", qos];
        succeed(client(&server, "pub").args(publish));
        assert_eq!(theirs.line(), "t ours");
        theirs.ends();
    }
}

/// What was kept before anybody listened comes to those who subscribe later.
#[test]
fn retained_by_mosquitto() {
    let Some(server) = mosquitto() else { return };
    let publish = ["--topic", "r", "--message", "kept", "--qos", "1", "--retain"];
    succeed(client(&server, "pub").args(publish));
    let listener = subscribed(&server, &["--topic", "r", "--qos", "1", "--count", "1"]);
    assert_eq!(listener.line(), "r kept");
    listener.ends();
}

#[test]
fn mosquitto_clients_through_our_broker() {
    let (Some(publisher), Some(subscriber)) = (find("mosquitto_pub"), find("mosquitto_sub")) else {
        return;
    };
    let server = broker();
    for (qos, count) in QOS.into_iter().zip(1..) {
        let topic = format!("home/{qos}");
        let filter = format!("home/{qos}/#");
        let subscribe = ["-t", &filter, "-t", "retained", "-q", qos, "-C", "3", "-v"];
        let kept = ["-t", "retained", "-m", "kept", "-q", qos, "-r"];
        succeed(mosquitto_client(&publisher, &server).args(kept));
        let listener = Listener::start(mosquitto_client(&subscriber, &server).args(subscribe));
        // The retained message says that the subscription stands.
        assert_eq!(listener.line(), "retained kept", "round {count}");
        for text in ["one", "two"] {
            let publish = ["-t", &topic, "-m", text, "-q", qos];
            succeed(mosquitto_client(&publisher, &server).args(publish));
        }
        assert_eq!(listener.line(), format!("{topic} one"));
        assert_eq!(listener.line(), format!("{topic} two"));
        listener.ends();
    }
    assert!(!server.log().contains("rror"), "{}", server.log());
}

#[test]
fn a_will_through_our_broker() {
    let Some(subscriber) = find("mosquitto_sub") else { return };
    let server = broker();
    let kept = ["--topic", "x", "--message", "kept", "--retain"];
    succeed(client(&server, "pub").args(kept));
    let listener = subscribed(&server, &["--topic", "gone", "--count", "1"]);
    let will = ["-t", "x", "--will-topic", "gone", "--will-payload", "bye"];
    let mut lost = Listener::start(mosquitto_client(&subscriber, &server).args(will));
    // The retained message says that it is logged in.
    assert_eq!(lost.line(), "kept");
    lost.child.kill().expect("it runs");
    assert_eq!(listener.line(), "gone bye");
    listener.ends();
}

/// One that speaks something else is cut off, and the others go on.
#[test]
fn a_stranger_at_our_broker() {
    use std::io::Write;
    use std::net::TcpStream;

    let server = broker();
    let mut stranger = TcpStream::connect(server.address()).expect("it listens");
    stranger.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("it is taken");
    let mut answer = Vec::new();
    // A reset is an end, too.
    stranger.read_to_end(&mut answer).map(drop).unwrap_or_default();
    assert!(answer.is_empty(), "{answer:?}");
    let listener = subscribed(&server, &["--topic", "a", "--count", "1"]);
    succeed(client(&server, "pub").args(["--topic", "a", "--message", "still here"]));
    assert_eq!(listener.line(), "a still here");
    listener.ends();
}
