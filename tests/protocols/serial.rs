//! The example `serial`: over the line that it plays itself, and over one whose other end is here,
//! with bytes that no Rust code made.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Command;
use std::thread;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::programs::finding::example;
use crate::programs::running::run;

#[test]
fn readings_arrive_over_a_noisy_line() {
    let output = run(Command::new(example("serial")).args(["--readings", "3", "--noise"]));
    assert!(output.status.success(), "{}", output.stderr);
    let says = "sensor 0: 21.50 °C\nsensor 1: 21.57 °C\nsensor 2: 21.64 °C\n";
    assert_eq!(output.stdout, says);
    let passed_over = output.stderr.lines().filter(|line| line.starts_with("passed over: "));
    assert_eq!(passed_over.count(), 3, "{}", output.stderr);
    assert!(output.stderr.contains("skipping 10 bytes"), "{}", output.stderr);
}

/// Each question in `COBS(message CRC-16)`, and the reply to it, as Python computes them.
const TALK: [(&[u8], &[u8]); 2] = [
    (b"\x02\x01\x03\x2e\x3e\x00", b"\x02\x02\x05\x08\x66\xec\x61\x00"),
    (b"\x05\x01\x01\x3e\x1f\x00", b"\x07\x02\x01\xff\xfb\x03\x13\x00"),
];

#[test]
fn the_bytes_on_the_line() {
    let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
    grantpt(&line).and_then(|()| unlockpt(&line)).expect("its other end can be opened");
    let mut settings = tcgetattr(&line).expect("settings");
    settings.make_raw();
    tcsetattr(&line, OptionalActions::Now, &settings).expect("set");
    let path = ptsname(&line, Vec::new()).expect("a name").into_string().expect("text");
    let mut line = File::from(line);

    let answering = thread::spawn(move || {
        for (question, reply) in TALK {
            let mut received = vec![0; question.len()];
            line.read_exact(&mut received).expect("a question");
            assert_eq!(received, question);
            line.write_all(reply).expect("written");
        }
        // The line stays open until the program has read its last reply.
        line
    });
    let output = run(Command::new(example("serial")).args(["--port", &path, "--readings", "2"]));
    answering.join().expect("the questions are right");
    assert!(output.status.success(), "{}", output.stderr);
    assert_eq!(output.stdout, "sensor 0: 21.50 °C\nsensor 1: -0.05 °C\n");
}
