//! The example that explains bytes in hex: what it prints, and how it ends.
#![expect(clippy::panic, reason = "a helper of a test fails as the test does")]

#[expect(dead_code, reason = "it runs to its end, and by itself")]
mod programs;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::programs::finding::example;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(example("explain"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that has its bytes from its arguments may be gone.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn from_arguments_and_from_standard_input() {
    let expected = "\
0000  03              Chat.type  3
0001  68 65 6c 6c 6f  Data.text  \"hello\"
";
    for (arguments, input) in [(&["03", "68656c", "6c6f"][..], ""), (&[], "03 68 65\n6C 6C 6F\n")] {
        let output = run(arguments, input);
        assert_eq!(out(&output), expected);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn bytes_that_are_no_message() {
    let output = run(&["09"], "");
    let expected = "\
0000  09  Chat.type  9
0000  09  Chat       error: no message has the type 9
";
    assert_eq!(out(&output), expected);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn text_that_is_no_hex() {
    for (hex, error) in [
        ("0g", "error: 'g' is no hex digit\n"),
        ("012", "error: the last byte has only one digit\n"),
    ] {
        let output = run(&[hex], "");
        assert_eq!(String::from_utf8_lossy(&output.stderr), error);
        assert_eq!(output.status.code(), Some(2));
    }
}
