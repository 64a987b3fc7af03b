//! The golden streams: that `golden.py` computes what is committed, and that every framing makes them
//! of their messages and finds the messages in them.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::process::Command;

use protocol_core::frame::Framing;

use crate::all::{Each, each};
use crate::stream::{decode, encode};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/frames/golden.py");

/// Messages, and the bytes of their frames.
pub(crate) struct Golden {
    pub(crate) messages: Vec<Vec<u8>>,
    pub(crate) stream: Vec<u8>,
}

/// What the script computed for a framing.
pub(crate) fn golden(name: &str) -> Golden {
    let mut lines = include_str!("golden.txt").lines().map(|line| line.split(' '));
    let line = lines.find(|line| line.clone().next() == Some(name));
    let mut words = line.unwrap_or_else(|| panic!("golden.txt has no `{name}`")).skip(1);
    let mut word = || words.next().expect("three words a line");
    let messages = word().split(',').map(|message| bytes(message.trim_matches('-'))).collect();
    Golden { messages, stream: bytes(word()) }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = (0..hex.len()).step_by(2).map(|place| &hex[place..place + 2]);
    digits.map(|byte| u8::from_str_radix(byte, 16).expect("hex")).collect()
}

#[test]
fn the_script_computes_them() {
    let output = match Command::new("python3").arg(SCRIPT).output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let required = std::env::var_os("PROTOCOL_REQUIRE_PEERS").is_some_and(|v| v == "1");
            assert!(!required, "python3 is required and missing");
            eprintln!("SKIPPED: python3 is missing, so nobody computed the golden streams");
            return;
        }
        Err(error) => panic!("python3 cannot be started: {error}"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let computed = String::from_utf8(output.stdout).expect("the script prints text");
    assert_eq!(computed, include_str!("golden.txt"), "golden.txt is not what golden.py prints");
}

struct BothWays {
    tested: BTreeSet<String>,
}

impl Each for BothWays {
    fn each(&mut self, name: &str, framing: impl Framing) {
        let Golden { messages, stream } = golden(name);
        let frames = messages.iter().map(|message| encode(framing.clone(), message));
        let encoded: Vec<u8> = frames.flat_map(|frame| frame.expect("it fits")).collect();
        assert_eq!(encoded, stream, "{name}");
        let received = decode(&framing, &[&stream]);
        assert_eq!((received.messages(), received.left), (messages, 0), "{name}");
        self.tested.insert(name.into());
    }
}

#[test]
fn both_ways() {
    let mut test = BothWays { tested: BTreeSet::new() };
    each(&mut test);
    let listed = include_str!("golden.txt").lines().filter_map(|line| line.split(' ').next());
    assert_eq!(listed.map(String::from).collect::<BTreeSet<_>>(), test.tested);
}
