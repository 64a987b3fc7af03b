//! The list of the page "Message Formats" of PostgreSQL 15: all of it is declared.

use protocol_core::Protocol;

use super::golden::backend;
use super::messages::{Backend, Startup};

/// 55.7 Message Formats, in its order.
const PAGE: [&str; 53] = [
    "AuthenticationOk",
    "AuthenticationKerberosV5",
    "AuthenticationCleartextPassword",
    "AuthenticationMD5Password",
    "AuthenticationSCMCredential",
    "AuthenticationGSS",
    "AuthenticationGSSContinue",
    "AuthenticationSSPI",
    "AuthenticationSASL",
    "AuthenticationSASLContinue",
    "AuthenticationSASLFinal",
    "BackendKeyData",
    "Bind",
    "BindComplete",
    "CancelRequest",
    "Close",
    "CloseComplete",
    "CommandComplete",
    "CopyData",
    "CopyDone",
    "CopyFail",
    "CopyInResponse",
    "CopyOutResponse",
    "CopyBothResponse",
    "DataRow",
    "Describe",
    "EmptyQueryResponse",
    "ErrorResponse",
    "Execute",
    "Flush",
    "FunctionCall",
    "FunctionCallResponse",
    "GSSENCRequest",
    "GSSResponse",
    "NegotiateProtocolVersion",
    "NoData",
    "NoticeResponse",
    "NotificationResponse",
    "ParameterDescription",
    "ParameterStatus",
    "Parse",
    "ParseComplete",
    "PasswordMessage",
    "PortalSuspended",
    "Query",
    "ReadyForQuery",
    "RowDescription",
    "SASLInitialResponse",
    "SASLResponse",
    "SSLRequest",
    "StartupMessage",
    "Sync",
    "Terminate",
];

/// Each message stands in the source under its name on the page.
#[test]
fn every_message_is_declared() {
    let source = [
        include_str!("../../../examples/postgres/messages/backend.rs"),
        include_str!("../../../examples/postgres/messages/copy.rs"),
        include_str!("../../../examples/postgres/messages/frontend.rs"),
        include_str!("../../../examples/postgres/messages/startup.rs"),
    ]
    .concat();
    for name in PAGE {
        let is_declared = source.lines().any(|line| {
            let said = line.trim_start().strip_prefix("/// 55.7 ");
            let rest = said.and_then(|said| said.strip_prefix(name));
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        assert!(is_declared, "{name}");
    }
}

/// And each that a server sends has its golden bytes.
#[test]
fn every_message_is_golden() {
    let golden = backend();
    for message in Backend::MESSAGES {
        let id = u8::try_from(message.id).expect("a letter");
        assert!(golden.iter().any(|(bytes, _)| bytes.first() == Some(&id)), "{}", message.name);
    }
    assert_eq!(Startup::MESSAGES.len(), 4);
}
