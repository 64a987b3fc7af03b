//! A rust-analyzer as a child, with which we speak as an editor does. Each answer has a deadline.

use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use crate::fixture::{File, uri};

/// By then it has built the macros and read the crates, on a busy machine too.
const READY: Duration = Duration::from_secs(400);
/// By then it has answered.
const ANSWER: Duration = Duration::from_secs(120);

/// Set where everything must run: then nothing is skipped.
const REQUIRED: &str = "PROTOCOL_REQUIRE_PEERS";

/// The rust-analyzer to ask, if there is one.
pub(crate) fn command() -> Option<PathBuf> {
    let command = std::env::var_os("PROTOCOL_RUST_ANALYZER");
    let command = PathBuf::from(command.unwrap_or_else(|| OsString::from("rust-analyzer")));
    let version = Command::new(&command).arg("--version").output();
    // The proxy of rustup is there without the component, and fails.
    if version.is_ok_and(|version| version.status.success()) {
        return Some(command);
    }
    let text = format!("{} is no rust-analyzer", command.display());
    assert!(std::env::var(REQUIRED).is_err(), "{text}");
    eprintln!("SKIPPED: {text}");
    None
}

/// A rust-analyzer that is ended with the test, whatever becomes of it.
pub(crate) struct Analyzer {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Message>,
    /// How many requests were sent.
    requests: i32,
    /// How many texts were sent.
    versions: i32,
}

impl Analyzer {
    /// Starts it in the folder of a crate, and waits until it has read everything.
    pub(crate) fn start(command: &Path, folder: &Path) -> Analyzer {
        let mut child = child(command, folder).spawn().expect("it starts");
        let input = child.stdin.take().expect("it is piped");
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut output) {
                sender.send(message).unwrap_or_default();
            }
        });
        let mut analyzer = Analyzer { child, input, messages, requests: 0, versions: 0 };
        analyzer.request("initialize", settings(folder)).expect("it can be initialized");
        analyzer.notify("initialized", json!({}));
        analyzer.wait_until_ready();
        analyzer
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + READY;
        loop {
            if let Message::Notification(status) = self.next(deadline) {
                if status.method == "experimental/serverStatus" {
                    eprintln!("rust-analyzer: {}", status.params);
                    if status.params.get("quiescent") == Some(&Value::Bool(true)) {
                        return;
                    }
                }
            }
        }
    }

    /// What it answers; an error is its message.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let deadline = Instant::now() + ANSWER;
        loop {
            self.requests += 1;
            let id = RequestId::from(self.requests);
            self.send(Request {
                id: id.clone(),
                method: method.to_owned(),
                params: params.clone(),
            });
            let answer = loop {
                match self.next(deadline) {
                    Message::Response(response) if response.id == id => break response,
                    _ => {}
                }
            };
            match answer.response_result {
                Ok(value) => return Ok(value),
                // It was asked while it was reading; it wants to be asked again.
                Err(error) if error.code == ErrorCode::ContentModified as i32 => {
                    thread::sleep(Duration::from_millis(50));
                }
                Err(error) => return Err(error.message),
            }
        }
    }

    /// What it shows of a place; nothing is an empty text.
    pub(crate) fn hover(&mut self, place: Value) -> String {
        let hover = self.request("textDocument/hover", place).expect("it can be asked");
        hover.pointer("/contents/value").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// What it offers to write at a place.
    pub(crate) fn completions(&mut self, place: Value) -> Vec<String> {
        let answer = self.request("textDocument/completion", place).expect("it can be asked");
        let items = answer.get("items").unwrap_or(&answer).as_array().into_iter().flatten();
        items.filter_map(|item| item.get("label")?.as_str().map(str::to_owned)).collect()
    }

    /// Opens a file, or says what stands in an open one.
    pub(crate) fn open(&mut self, file: &File, text: &str) {
        self.versions += 1;
        let (uri, version) = (file.uri(), self.versions);
        let document =
            json!({ "uri": uri, "languageId": "rust", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Closes a file: then what stands on the disk counts again.
    pub(crate) fn close(&mut self, file: &File) {
        self.notify("textDocument/didClose", json!({ "textDocument": file.document() }));
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    fn send(&mut self, message: impl Into<Message>) {
        message.into().write(&mut self.input).expect("rust-analyzer reads");
    }

    /// The next message. What it asks of us is answered with nothing.
    fn next(&mut self, deadline: Instant) -> Message {
        let left = deadline.saturating_duration_since(Instant::now());
        let message = self.messages.recv_timeout(left).expect("rust-analyzer answers in time");
        if let Message::Request(request) = &message {
            self.send(Response::new_ok(request.id.clone(), Value::Null));
        }
        message
    }
}

impl Drop for Analyzer {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}

/// The command, with the compiler that is beside it: it must be the one whose macros it can run.
fn child(command: &Path, folder: &Path) -> Command {
    let mut child = Command::new(command);
    for (variable, name) in [("CARGO", "cargo"), ("RUSTC", "rustc")] {
        let beside = command.with_file_name(name);
        match beside.is_file() {
            true => child.env(variable, beside),
            false => child.env_remove(variable),
        };
    }
    child
        .current_dir(folder)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    child
}

fn settings(folder: &Path) -> Value {
    json!({
        "processId": std::process::id(),
        "rootUri": uri(folder),
        "capabilities": {
            "experimental": { "serverStatusNotification": true },
            "textDocument": { "hover": { "contentFormat": ["markdown"] } },
            "workspace": { "workspaceEdit": { "documentChanges": true } },
        },
        "initializationOptions": {
            "cachePriming": { "enable": false },
            "checkOnSave": false,
            // A rust-analyzer that a loader starts cannot find itself.
            "cargo": { "buildScripts": { "useRustcWrapper": false } },
        },
    })
}
