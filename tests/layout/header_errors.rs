//! The exact text of every error of a header, in both directions, and that no reader leaves its body.

use protocol_core::{
    Pack, Protocol, Unknown, Unpack, WithHeader, explain, pack_with_header, unpack_with_header,
};

use crate::case::{from_hex, golden};
use crate::messages::headers::{
    Backend, Bare, Blob, Broker, Cache, Describe, Frontend, Get, Grows, InWords, Noop, Publish,
    Query, Request, Set, Streams, Subscribe, flush, get, request, set,
};

/// Asserts the error that the bytes, written in hex with spaces, give.
#[track_caller]
fn refuses<'a, T: Unpack<'a>>(bytes: &'a [u8], expected: &str) {
    let error = T::unpack(bytes).map(drop).expect_err(expected);
    assert_eq!(error.to_string(), expected);
}

fn hex(text: &str) -> Vec<u8> {
    from_hex(&text.replace(' ', "")).to_vec()
}

#[test]
fn a_number_that_nobody_has() {
    refuses::<Frontend>(
        b"X\0\0\0\x04",
        "Frontend.header.kind at byte 0: no message has the type 88 (at 58 00 00 00 04)",
    );
    refuses::<Describe>(
        b"Q\0\0\0\x04",
        "Describe.header.kind at byte 0: message type 81 where 68 is expected (at 51 00 00 00 04)",
    );
    refuses::<Streams>(
        b"\0\0\x01\0",
        "Streams.header.kind at byte 2: no message has the type 256 (after 00 00, at 01 00)",
    );
}

/// One too small and one too large, for each kind of length: the body is what the header says.
#[test]
fn a_length_that_is_wrong_by_one() {
    refuses::<Frontend>(
        b"D\0\0\0\x06S12",
        "Frontend at byte 7: 1 more byte after the end of the message \
         (after 44 00 00 00 06 53 31, at 32)",
    );
    refuses::<Frontend>(
        b"D\0\0\0\x08S12",
        "Frontend.body at byte 5: 1 more byte needed (after 44 00 00 00 08, at 53 31 32)",
    );
    refuses::<Broker>(
        &hex("82 01 0002"),
        "Broker at byte 3: 1 more byte after the end of the message (after 82 01 00, at 02)",
    );
    refuses::<Broker>(
        &hex("82 03 0002"),
        "Broker.body at byte 2: 1 more byte needed (after 82 03, at 00 02)",
    );
    for (length, error) in [
        (
            "01",
            "InWords at byte 4: 4 more bytes after the end of the message (after 01 00 07 31, at 32 33 34 35)",
        ),
        ("03", "InWords.body at byte 3: 4 more bytes needed (after 03 00 07, at 31 32 33 34 35)"),
    ] {
        refuses::<InWords>(&hex(&format!("{length}00 07 3132333435")), error);
    }
}

/// A body that is complete in itself, but not as long as its header says.
#[test]
fn a_body_ends_where_its_header_says() {
    refuses::<Backend>(
        b"Z\0\0\0\x06IE",
        "Ready at byte 6: 1 more byte after the end of the message (after 5a 00 00 00 06 49, at 45)",
    );
    refuses::<Backend>(
        b"Z\0\0\0\x04",
        "Ready.status at byte 5: 1 more byte needed (after 5a 00 00 00 04)",
    );
    // The key is cut off by the length in the header, and the rest belongs to nobody.
    let mut short_key = golden("cache_get").to_vec();
    short_key[3] = 2;
    refuses::<Cache<'_>>(
        &short_key,
        "Get at byte 26: 1 more byte after the end of the message \
         (after 00 00 00 00 00 09 61 62, at 63)",
    );
    short_key[3] = 4;
    refuses::<Cache<'_>>(
        &short_key,
        "Get.key at byte 24: 1 more byte needed (after 00 00 00 00 00 00 00 09, at 61 62 63)",
    );
}

/// The number stands in four bits.
#[test]
fn a_number_in_bits() {
    refuses::<Broker>(
        &hex("f0 00"),
        "Broker.header.kind at byte 0: no message has the type 15 (at f0 00)",
    );
    refuses::<Broker>(&hex("3e 00"), "Publish.topic at byte 2: 2 more bytes needed (after 3e 00)");
}

#[test]
fn a_length_that_no_body_has() {
    refuses::<Frontend>(
        b"Q\0\0\0\x03",
        "Frontend.header.length at byte 1: length 3 is below the limit of 4 \
         (after 51, at 00 00 00 03)",
    );
    refuses::<InWords>(
        &hex("0000 07"),
        "InWords.header.words at byte 0: length 0 is below the limit of 3 \
         (at 00 00 07)",
    );
    refuses::<Grows>(
        &hex("01 07"),
        "Grows.header.total at byte 0: length 1 is below the limit of 2 (at 01 07)",
    );
    refuses::<Grows>(
        &hex("8200 07"),
        "Grows.header.total at byte 0: the variable-length number is not in its shortest form \
         (at 82 00 07)",
    );
}

#[test]
fn a_header_that_the_message_does_not_have() {
    refuses::<Broker>(
        &hex("84 02 0002"),
        "Subscribe.header.qos at byte 0: 2 where 1 must stand (at 84 02 00 02)",
    );
    refuses::<Broker>(
        &hex("83 02 0002"),
        "Subscribe.header.retain at byte 0: 1 where 0 must stand (at 83 02 00 02)",
    );
    let mut set = golden("cache_set").to_vec();
    set[4] = 9;
    refuses::<Cache<'_>>(
        &set,
        "Set.header.extras_len at byte 0: 9 where 8 must stand (at 80 01 00 02 09 00 00 03)",
    );
}

#[test]
fn what_does_not_fit_its_header() {
    let says = |error: protocol_core::PackError| error.to_string();
    let long = "k".repeat(0x1_0000);
    let set = Set { flags: 0, expiry: 0, key: &long, value: b"" };
    assert_eq!(
        Cache::Set(set).pack().map_err(says),
        Err("Set.header.key_len: 65536 does not fit the type of the field".into())
    );
    // 3 bytes of header and 6 of body are no whole number of words.
    assert_eq!(
        InWords::Blob(Blob { bytes: vec![0; 6] }).pack().map_err(says),
        Err("InWords.header.words: the relation of fields has no result: too large, not whole, or divided by 0".into())
    );
    assert_eq!(
        InWords::Blob(Blob { bytes: vec![0; 0x4_0001] }).pack().map_err(says),
        Err("InWords.header.words: 65537 does not fit the type of the field".into())
    );
    // The packet number and the quality of service must agree.
    let publish = Publish {
        dup: false,
        qos: 0,
        retain: false,
        topic: String::new(),
        packet: Some(1),
        payload: vec![],
    };
    assert_eq!(
        Broker::Publish(publish).pack().map_err(says),
        Err("Publish.packet: there where earlier fields tell that it is absent".into())
    );
}

#[test]
fn unknown_messages_keep_their_header() {
    let bytes = golden("cache_unknown");
    let Ok(Cache::Other(unknown)) = Cache::unpack(&bytes) else { panic!("it is known") };
    assert_eq!((unknown.id(), unknown.header().cas, unknown.bytes().len()), (8, 9, 4));
    assert_eq!(Cache::Other(unknown).pack().as_deref(), Ok(&bytes[..]));
    // Its number must be unknown, and the rest of the header is what was given.
    let known = Unknown::behind(Request { opcode: 1, ..request() }, vec![]);
    let error = Cache::Other(known).pack().unwrap_err();
    assert_eq!(
        error.to_string(),
        "Cache: 1 is known, so it cannot stand in the variant for unknown ones"
    );
    let WithHeader { message, mut header } = flush();
    header.opaque = 1;
    let repacked = pack_with_header(&header, &message).expect("it packs");
    assert_eq!((&repacked[..12], &repacked[12..16]), (&bytes[..12], &b"\0\0\0\x01"[..]));
}

#[test]
fn a_header_is_given_and_comes_back() {
    for whole in [get(), set(), flush()] {
        let bytes = whole.pack().expect("it packs");
        let (header, message) = unpack_with_header::<Cache<'_>>(&bytes).expect("it unpacks");
        assert_eq!((&header, &message), (&whole.header, &whole.message));
        assert_eq!(pack_with_header(&header, &message), Ok(bytes));
    }
    // Without one, what nobody says is the default.
    let bytes = Cache::Noop(Noop).pack().expect("it packs");
    let (header, _) = unpack_with_header::<Cache<'_>>(&bytes).expect("it unpacks");
    assert_eq!(header, Request { magic: 0x80, opcode: 10, ..Request::default() });
    // A message that names its header is packed behind it alone too; one that does not has a number.
    let get = Get { key: b"abc".to_vec() };
    let alone = get.pack().expect("it packs");
    assert_eq!(Cache::Get(Box::new(get)).pack().as_deref(), Ok(&alone[..]));
    assert_eq!(Noop.pack().as_deref(), Ok(&[10][..]));
    assert_eq!(Query { text: "q".into() }.pack().as_deref(), Ok(&b"Qq"[..]));
}

#[test]
fn sizes_count_the_header() {
    assert_eq!((Cache::MIN_LEN, Cache::MAX_LEN), (24, None));
    assert_eq!((Backend::MIN_LEN, Frontend::MIN_LEN, Describe::MIN_LEN), (6, 5, 6));
    assert_eq!((Subscribe::MIN_LEN, Subscribe::MAX_LEN), (4, Some(8)));
    assert_eq!(Streams::MIN_LEN, 4);
    let ids = Cache::MESSAGES.iter().map(|message| (message.id, message.name));
    assert_eq!(ids.collect::<Vec<_>>(), [(0, "Get"), (1, "Set"), (10, "Noop")]);
}

#[test]
fn an_explanation_shows_the_header() {
    let table = explain::<Streams>(b"\0\x05\0\x07hi").to_string();
    assert_eq!(
        table,
        "0000  00 05  Streams.header.stream  5\n\
         0002  00 07  Streams.header.kind    7\n\
         0004  68 69  Blob.bytes             [104, 105]\n"
    );
    let _: WithHeader<Bare, Streams> = WithHeader::unpack(b"\0\x05\0\x0a").expect("a no-op");
}
