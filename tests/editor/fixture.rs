//! A crate of a user in a folder of its own, and places in its texts.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The crate: a message, code that uses it, a file to write in, and every word.
pub(crate) struct Fixture {
    folder: TempDir,
}

const LIB: &str = "//! A crate of a user.\n\npub mod record;\npub mod uses;\npub mod words;\n";

pub(crate) const RECORD: &str = "\
//! A message.

use protocol_core::Message;

/// Whose fields depend on each other.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
pub struct Record {
    pub kind: u8,
    pub flags: u8,
    pub body_len: u16,
    #[wire(len = body_len)]
    pub body: Vec<u8>,
    #[wire(if(flags & 1 != 0))]
    pub extra: Option<u8>,
    #[wire(checksum = crc32(kind..=body))]
    pub crc: u32,
}
";

pub(crate) const USES: &str = "\
//! Code that uses it.

use protocol_core::Pack;

use crate::record::Record;

/// Packs it.
pub fn packed(record: &Record) -> Vec<u8> {
    record.pack().unwrap_or_default()
}
";

impl Fixture {
    pub(crate) fn new() -> Fixture {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = TempDir::new().expect("a folder can be made");
        let manifest = format!(
            "[package]\nname = \"fixture\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [[example]]\nname = \"guest\"\ncrate-type = [\"lib\"]\n\n\
             [dependencies]\nprotocol-core = {{ path = {:?} }}\n\n[workspace]\n",
            root.join("protocol-core"),
        );
        let guest = fs::read_to_string(root.join("tests/guest/lib.rs")).expect("a source");
        let lock = fs::read_to_string(root.join("Cargo.lock")).expect("a lock file");
        for (name, text) in [
            ("Cargo.toml", manifest.as_str()),
            ("Cargo.lock", &lock),
            ("src/lib.rs", LIB),
            ("src/record.rs", RECORD),
            ("src/uses.rs", USES),
            ("src/words.rs", "//! To write in.\n"),
            ("examples/guest.rs", &guest),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
            fs::write(path, text).expect("a file can be written");
        }
        Fixture { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> File {
        File { path: self.folder.path().join(name) }
    }
}

/// A file of the crate.
pub(crate) struct File {
    path: PathBuf,
}

impl File {
    pub(crate) fn text(&self) -> String {
        fs::read_to_string(&self.path).expect("a source")
    }

    pub(crate) fn uri(&self) -> String {
        uri(&self.path)
    }

    /// The file as the protocol of editors names it.
    pub(crate) fn document(&self) -> Value {
        json!({ "uri": self.uri() })
    }

    /// The place in the file, whose text is `text`, that `marked` shows with a `|`.
    pub(crate) fn place(&self, text: &str, marked: &str) -> Value {
        json!({ "textDocument": self.document(), "position": position(text, marked) })
    }
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// Where the `|` of `marked` stands in the text. All of it is ASCII, so columns are bytes.
pub(crate) fn position(text: &str, marked: &str) -> Value {
    let (before, after) = marked.split_once('|').expect("a mark");
    let start = text.find(&format!("{before}{after}")).expect("the text has the place");
    let before = text.get(..start + before.len()).expect("ASCII");
    let line = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": line, "character": column })
}

/// The range that `marked` shows between two `|`.
pub(crate) fn range(text: &str, marked: &str) -> Value {
    let (before, rest) = marked.split_once('|').expect("a mark");
    let (inner, after) = rest.split_once('|').expect("a second mark");
    json!({
        "start": position(text, &format!("{before}|{inner}{after}")),
        "end": position(text, &format!("{before}{inner}|{after}")),
    })
}
