//! The codes of errors: users write them into dashboards and alarms, so none may change or repeat.

use std::error::Error;
use std::io::ErrorKind;

use protocol_core::conn::{ConnError, RecvErrorKind};
use protocol_core::frame::{FrameError, Length};
use protocol_core::net::blocking::Connection;
use protocol_core::{PackError, UnpackError};
use syn::visit::{self, Visit};

use crate::chat::{Chat, Short, data, frame};
use crate::streams::{Act, Scripted};

/// The codes that users know, sorted. A line may be added; one that goes or changes breaks them.
const CODES: &str = "
above_limit
beat_timeout
below_limit
call_ended
call_poisoned
call_timeout
calls_full
check
checksum
cut
dropped
end_inside
ended_before_call
frame_above_limit
frame_below_least
frame_checksum
frame_garbage
frame_has_delimiter
frame_header
frame_message
frame_missing
frame_not_fixed
frame_not_minimal
frame_refused
frame_stuffing
frame_timeout
group_too_long
group_too_short
handler
handshake
hello_contradiction
hello_ended
hello_failed
hello_magic
hello_timeout
hello_versions
idle_timeout
key_order
memory
no_conversion
no_result
not_accepted
not_allowed
not_bool
not_char
not_connected
not_minimal
not_repeatable
not_served
not_the_constant
not_utf8
not_zero
other_message
other_reply
out_of_range
pack_above_limit
pack_below_limit
pack_buffer_too_small
pack_check
pack_disagree
pack_does_not_fit
pack_has_terminator
pack_known_as_unknown
pack_missing
pack_no_conversion
pack_no_result
pack_not_repeatable
pack_out_of_range
pack_refused
pack_superfluous
pack_too_deep
pack_too_large
pack_unknown_bits
panicked
read_datagram_above_limit
read_failed
read_not_ready
read_overloaded
read_unreachable
refused
refused_address
refused_buffers
refused_connections
reserved
too_deep
too_large
too_short
trailing
unasked_message
unequal
unknown_bits
unknown_message
unknown_tag
write_amplified
write_closed
write_datagram_above_limit
write_failed
write_full
write_not_allowed
write_not_ready
write_overloaded
write_stalled
write_unreachable
zero
";

/// Collects the texts of all functions named `code`.
#[derive(Default)]
struct Codes {
    found: Vec<String>,
    is_inside: bool,
}

impl<'ast> Visit<'ast> for Codes {
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.is_inside = function.sig.ident == "code";
        visit::visit_impl_item_fn(self, function);
        self.is_inside = false;
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        if self.is_inside {
            self.found.push(text.value());
        }
    }

    // The documentation of a function is attributes.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

#[test]
fn no_code_changes_or_repeats() {
    let sources = [
        include_str!("../../protocol-core/src/error/code.rs"),
        include_str!("../../protocol-core/src/frame/error.rs"),
        include_str!("../../protocol-core/src/conn/error/code.rs"),
        include_str!("../../protocol-core/src/conn/call.rs"),
        include_str!("../../protocol-core/src/conn/hello.rs"),
        include_str!("../../protocol-core/src/net/server/event.rs"),
    ];
    let mut codes = Codes::default();
    for source in sources {
        codes.visit_file(&syn::parse_file(source).expect("a source is Rust"));
    }
    codes.found.sort();
    let found = codes.found;
    for code in CODES.trim().lines() {
        assert!(found.iter().any(|found| found == code), "{code} is gone");
    }
    for pair in found.windows(2) {
        assert_ne!(pair[0], pair[1], "a code names one thing");
    }
    for code in found {
        let is_snake = |letter: char| letter.is_ascii_lowercase() || "_8".contains(letter);
        assert!(code.chars().all(is_snake) && code.len() <= 30, "{code}");
    }
}

fn causes<'e>(error: &'e (dyn Error + 'static)) -> Vec<&'e (dyn Error + 'static)> {
    std::iter::successors(error.source(), |error: &&'e (dyn Error + 'static)| (*error).source())
        .collect()
}

#[test]
fn each_error_knows_its_cause_and_its_code() {
    let acts = [
        Act::Give(frame(b"\x03\xff")),
        Act::Fail(ErrorKind::ConnectionReset),
        Act::Give(b"GET ".to_vec()),
    ];
    let stream = Scripted::reading(acts).untimed();
    let mut connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());

    let error = ConnError::from(connection.recv().expect_err("no UTF-8"));
    assert!(causes(&error)[0].is::<UnpackError>());
    assert_eq!((error.code(), error.is_fatal()), ("not_utf8", false));

    let error = ConnError::from(connection.recv().expect_err("a reset"));
    assert!(causes(&error)[0].is::<std::io::Error>());
    assert_eq!((error.code(), error.is_fatal()), ("read_failed", true));

    let error = connection.recv().expect_err("HTTP");
    assert!(matches!(error.kind(), RecvErrorKind::Frame(_)));
    assert!(causes(&error)[0].is::<FrameError>());
    assert_eq!(error.code(), "frame_above_limit");

    let error = connection.queue(&Short { text: "abc".into() }).expect_err("too long");
    assert!(causes(&error)[0].is::<PackError>());
    assert_eq!(error.code(), "pack_above_limit");

    let error = connection.queue(&data(&"x".repeat(1 << 20))).expect_err("too long");
    assert!(causes(&error)[0].is::<FrameError>());
    let error = ConnError::from(error);
    assert_eq!((error.code(), error.is_fatal()), ("frame_above_limit", false));

    let error = ConnError::Handler("enough".into());
    assert_eq!((error.code(), error.is_fatal(), causes(&error).len()), ("handler", false, 0));
}
