#!/usr/bin/env python3
"""What a message costs to compile: check time and expanded lines.

Makes a crate with 100 messages of six fields (u8, u32, String, Vec<u16>,
Option<u64> and a part), each packed and unpacked once, and the same crate with
the derive of the messages taken away. Prints CPU time of a cold check and lines per
message above the plain structs. With --check it fails above 100 lines; times are only printed.
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MESSAGES = 100
MS_MAX = 8.0
LINES_MAX = 100

PART = """{derive}pub struct Part{n} {{ pub x: i16, pub y: i16 }}
"""
MESSAGE = """{derive}pub struct Message{n} {{
    pub kind: u8, pub time: u32, pub name: String,
    pub samples: Vec<u16>, pub limit: Option<u64>, pub at: Part{n},
}}
"""
USE = """pub fn pack{n}(message: &Message{n}) -> Result<Vec<u8>, protocol_core::PackError> {{
    protocol_core::Pack::pack(message)
}}
pub fn unpack{n}(bytes: &[u8]) -> Result<Message{n}, protocol_core::UnpackError> {{
    protocol_core::Unpack::unpack(bytes)
}}
"""


def source(derived, used):
    """The crate's text, with or without the derives, with or without calls."""
    text = "#![allow(dead_code)]\n"
    for n in range(MESSAGES):
        wire = "#[derive(protocol_core::Wire)]\n"
        message = f"#[derive(protocol_core::Message)]\n#[msg_type = {n}]\n" if derived else ""
        text += PART.format(n=n, derive=wire) + MESSAGE.format(n=n, derive=message)
        if used:
            text += USE.format(n=n)
    return text


def cargo(folder, *arguments, **keywords):
    """Runs cargo in the crate."""
    # Without what the compiler remembers of the last time: that would halve the figure.
    environment = dict(
        os.environ, CARGO_TARGET_DIR=str(ROOT / "target/compile-cost"), CARGO_INCREMENTAL="0"
    )
    environment.update(keywords.pop("env", {}))
    return subprocess.run(
        ["cargo", "--quiet", "--offline", *arguments],
        cwd=folder, check=True, env=environment, **keywords,
    )


def check_seconds(folder):
    """CPU seconds of one check of the crate alone."""
    (folder / "src/lib.rs").touch()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    cargo(folder, "check")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def expanded_lines(folder):
    """Lines of the crate after expansion, as rustfmt lays them out."""
    output = cargo(
        folder, "rustc", "--profile", "check", "--lib", "--", "-Zunpretty=expanded",
        env={"RUSTC_BOOTSTRAP": "1"}, stdout=subprocess.PIPE, text=True,
    ).stdout
    formatted = subprocess.run(
        ["rustfmt", "--edition", "2024"], input=output, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return len(formatted.splitlines())


def measure(derived):
    """The median check time, with calls, and the expanded lines, without."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "src").mkdir()
        (folder / "Cargo.toml").write_text(
            '[package]\nname = "cost"\nedition = "2024"\n\n[dependencies]\n'
            f'protocol-core = {{ path = "{ROOT}/protocol-core" }}\n\n[workspace]\n'
        )
        (folder / "src/lib.rs").write_text(source(derived, used=derived))
        cargo(folder, "check")
        seconds = statistics.median(check_seconds(folder) for _ in range(5))
        (folder / "src/lib.rs").write_text(source(derived, used=False))
        return seconds, expanded_lines(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail above the limit of lines")
    arguments = parser.parse_args()
    plain_seconds, plain_lines = measure(False)
    seconds, lines = measure(True)
    milliseconds = (seconds - plain_seconds) * 1000 / MESSAGES
    per_message = (lines - plain_lines) / MESSAGES
    print(f"check: {milliseconds:.1f} ms a message above the plain struct; the goal is {MS_MAX:.0f}")
    print(f"expansion: {per_message:.0f} lines a message; the limit is {LINES_MAX}")
    if arguments.check and per_message > LINES_MAX:
        sys.exit(f"above {LINES_MAX} lines")


if __name__ == "__main__":
    main()
