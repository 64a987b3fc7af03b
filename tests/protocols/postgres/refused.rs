//! What the page forbids, the error that names the place, and servers that only pretend to know a password.

use super::messages::{Backend, Startup};
use super::scram::First;
use crate::damage::refuses;

#[test]
fn what_no_server_sends() {
    let table: &[(&[u8], &str)] = &[
        // a letter of the client's
        (
            b"Q\0\0\0\x04",
            "Backend.header.kind at byte 0: no message has the type 81 (at 51 00 00 00 04)",
        ),
        // a length that does not count itself, and one of the body alone
        (
            b"Z\0\0\0\x03I",
            "Backend.header.length at byte 1: length 3 is below the limit of 4 (after 5a, at 00 00 00 03 49)",
        ),
        (
            b"Z\0\0\0\x01I",
            "Backend.header.length at byte 1: length 1 is below the limit of 4 (after 5a, at 00 00 00 01 49)",
        ),
        // more and less than the length says
        (
            b"Z\0\0\0\x06I",
            "Backend.body at byte 5: 1 more byte needed (after 5a 00 00 00 06, at 49)",
        ),
        (
            b"Z\0\0\0\x05II",
            "Backend at byte 6: 1 more byte after the end of the message (after 5a 00 00 00 05 49, at 49)",
        ),
        // a status that is none
        (
            b"Z\0\0\0\x05X",
            "ReadyForQuery.status at byte 5: no variant has the tag 88 (after 5a 00 00 00 05, at 58)",
        ),
        // a login that was taken out of the protocol: Kerberos V4
        (
            b"R\0\0\0\x08\0\0\0\x01",
            "Authentication.request at byte 5: no variant has the tag 1 (after 52 00 00 00 08, at 00 00 00 01)",
        ),
        // a NULL is −1, and nothing else is below 0
        (
            b"D\0\0\0\x0a\0\x01\xff\xff\xff\xfe",
            "DataRow.columns[0].bytes at byte 11: -2 is below 0 (after 00 0a 00 01 ff ff ff fe)",
        ),
        // a value that is longer than the row
        (
            b"D\0\0\0\x0b\0\x01\0\0\0\x02a",
            "DataRow.columns[0].bytes at byte 11: 1 more byte needed (after 00 0b 00 01 00 00 00 02, at 61)",
        ),
        // more columns than there are
        (
            b"D\0\0\0\x06\xff\xff",
            "DataRow.columns at byte 7: 262140 more bytes needed (after 44 00 00 00 06 ff ff)",
        ),
    ];
    for (bytes, text) in table {
        refuses::<Backend>(bytes, text);
    }
}

#[test]
fn bodies_that_no_server_sends() {
    let table: &[(&[u8], &str)] = &[
        // a text without its end
        (
            b"C\0\0\0\x06OK",
            "CommandComplete.tag at byte 5: 1 more byte needed (after 43 00 00 00 06, at 4f 4b)",
        ),
        // fields without their end
        (
            b"E\0\0\0\x07Ma\0",
            "ErrorResponse.fields at byte 8: 1 more byte needed (after 45 00 00 00 07 4d 61 00)",
        ),
        // a body where there is none
        (
            b"1\0\0\0\x05\0",
            "ParseComplete at byte 5: 1 more byte after the end of the message (after 31 00 00 00 05, at 00)",
        ),
        // a format that is none
        (
            b"G\0\0\0\x09\0\0\x01\0\x02",
            "CopyInResponse.columns[0] at byte 8: no variant has the tag 2 (after 47 00 00 00 09 00 00 01, at 00 02)",
        ),
    ];
    for (bytes, text) in table {
        refuses::<Backend>(bytes, text);
    }
}

#[test]
fn what_opens_no_connection() {
    let table: &[(&[u8], &str)] = &[
        // version 2.0
        (
            b"\0\0\0\x09\0\x02\0\0\0",
            "Startup.header.code at byte 4: no message has the type 131072 (after 00 00 00 09, at 00 02 00 00 00)",
        ),
        // the end of the parameters is missing
        (
            b"\0\0\0\x11\0\x03\0\0user\0ann\0",
            "StartupMessage.parameters at byte 17: 1 more byte needed (after 73 65 72 00 61 6e 6e 00)",
        ),
        // a parameter without a value
        (
            b"\0\0\0\x0e\0\x03\0\0user\0\0",
            "StartupMessage.parameters at byte 14: 1 more byte needed (after 00 00 75 73 65 72 00 00)",
        ),
    ];
    for (bytes, text) in table {
        refuses::<Startup>(bytes, text);
    }
}

/// RFC 5802, 5 and 7: a server that does not know the password is found out.
#[test]
fn servers_that_pretend() {
    let answer = |server_first: &str| {
        First::with_nonce("abc".into()).answer(server_first, "secret").map(|(last, _)| last)
    };
    let table = [
        // not our nonce, and nothing of its own
        ("r=xyzdef,s=c2FsdA==,i=4096", "the server's nonce does not begin with ours"),
        ("r=abc,s=c2FsdA==,i=4096", "the server's nonce does not begin with ours"),
        // as many rounds as take a year
        ("r=abcdef,s=c2FsdA==,i=4000000000", "the number of rounds is not within 1 and 1000000"),
        ("r=abcdef,s=c2FsdA==,i=0", "the number of rounds is not within 1 and 1000000"),
        ("s=c2FsdA==,i=4096", "`s=c2FsdA==,i=4096` lacks `r=`"),
    ];
    for (server_first, text) in table {
        assert_eq!(answer(server_first).err().as_deref(), Some(text), "{server_first}");
    }
    let last = answer("r=abcdef,s=c2FsdA==,i=2").expect("a sound message");
    let forged = last.verify("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assert_eq!(forged.err().as_deref(), Some("the server does not know the password"));
    let refused = last.verify("e=invalid-proof");
    assert_eq!(refused.err().as_deref(), Some("the server refuses: invalid-proof"));
}
