//! The page that rustdoc makes of a derived type shows its layout, and no lint minds.

use std::fs;
use std::path::Path;
use std::process::Command;

const SOURCE: &str = r#"
//! A crate with messages.
#![deny(missing_docs, rustdoc::all, warnings)]

/// A text.
#[derive(protocol_core::Message)]
#[msg_type = 3]
pub struct Data {
    /// At once.
    pub urgent: bool,
    /// What is said.
    #[wire(len = u16, max = 255)]
    pub text: String,
    /// Who says it.
    pub from: Vec<User>,
    /// A number behind.
    pub sum: u32,
}

/// A user.
#[derive(protocol_core::Wire)]
#[wire(tag = u16)]
#[repr(u16)]
pub enum User {
    /// By number.
    Number(u32) = 7,
    /// By anything else.
    #[wire(unknown)]
    Other(u16),
}

/// All messages.
#[derive(protocol_core::Protocol)]
pub enum Chat {
    /// A text.
    Data(Data),
}
"#;

/// The text of a page without its tags, the cells of a row separated by bars.
fn text_of(page: &str) -> String {
    let page = page.replace("</td>", "|").replace("</th>", "|").replace("</tr>", "\n");
    let mut text = String::new();
    let mut is_tag = false;
    for letter in page.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text
}

/// The text of the pages that are made of the crate.
fn pages(names: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("src")).expect("a folder");
    fs::write(folder.path().join("src/lib.rs"), SOURCE).expect("a file");
    let runtime = root.join("protocol-core");
    let manifest = format!(
        "[package]\nname = \"pages\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         protocol-core = {{ path = {runtime:?} }}\n"
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("a file");
    // The versions that were tested, and no others.
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("a file");
    let target = std::env::current_exe().expect("a running program has a path");
    let target = target.ancestors().nth(3).expect("it lies in a folder of a profile");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["doc", "--quiet", "--offline", "--no-deps", "--target-dir"]);
    cargo.arg(target.join("pages")).current_dir(folder.path());
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = |name: &&str| target.join("pages/doc/pages").join(format!("{name}.html"));
    let read = |name| text_of(&fs::read_to_string(page(name)).expect("a page"));
    names.iter().map(read).collect()
}

#[test]
fn each_page_shows_the_layout() {
    let pages = pages(&["struct.Data", "enum.User", "enum.Chat"]);
    let expected: [&[&str]; 3] = [
        &[
            "offset|size|field|type|meaning|",
            "0|1|type|u8|3 marks this message|",
            "1|1|urgent|bool|0 or 1|",
            "2|2 + n|text|String|length in bytes (u16), then the text in UTF-8; at most 255|",
            "after text|4 + …|from|Vec&lt;User&gt;|count (u32), then the elements|",
            "after from|4|sum|u32||",
            "Numbers are big-endian where nothing else is said.",
        ],
        &["0|2|tag|u16|7 Number, any other Other|", "2|4|Number.0|u32||"],
        &["0|1|type|u8|the number of the message|", "1|…|message|one of|Data|"],
    ];
    for (page, lines) in pages.iter().zip(expected) {
        for line in lines {
            assert!(page.contains(line), "{line:?} is not on the page:\n{page}");
        }
    }
    let tables = pages.iter().map(|page| page.matches("On the wire:").count());
    assert_eq!(tables.collect::<Vec<_>>(), [1, 1, 1], "one table a page");
}
