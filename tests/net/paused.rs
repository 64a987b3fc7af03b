//! The deadlines of a tokio connection, on tokio's own clock, which stands still in a test until
//! all tasks wait: so each deadline comes at its second, and no test lasts.

use std::time::Duration;

use protocol_core::conn::{Beats, RecvErrorKind, SendErrorKind, Timeouts};
use protocol_core::frame::Length;
use protocol_core::net::tokio::Connection;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{Instant, sleep, timeout};

use crate::chat::{Chat, data, frame, said};

const SECOND: Duration = Duration::from_secs(1);

/// How many whole seconds have gone by; tokio's timers are up to a few milliseconds late.
fn seconds(began: Instant) -> u64 {
    began.elapsed().as_secs()
}

/// A connection with 10 s for a frame, 30 s for writing, and 60 s of silence; and its peer.
fn hasty(room: usize) -> (Connection<Chat, Chat, Length, DuplexStream>, DuplexStream) {
    let (here, there) = duplex(room);
    let mut connection = Connection::over(here, Length::u32());
    connection.set_timeouts(Timeouts::SERVER);
    (connection, there)
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_drips_is_cut() {
    let (mut here, mut there) = hasty(1000);
    tokio::spawn(async move {
        for byte in frame(&[b"\x03", &[b'.'; 200][..]].concat()).chunks(1) {
            sleep(SECOND).await;
            if there.write_all(byte).await.is_err() {
                return;
            }
        }
    });
    let began = Instant::now();
    let error = here.recv().await.expect_err("too slow");
    let RecvErrorKind::FrameTimeout { have: 10..12, needed: 205, allowed } = *error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!((allowed, seconds(began)), (10 * SECOND, 11), "with the second before it");
    assert!(error.is_fatal());
}

#[tokio::test(start_paused = true)]
async fn a_silent_peer_is_an_event_and_may_speak_later() {
    let (mut here, mut there) = hasty(1000);
    let began = Instant::now();
    let error = here.recv().await.expect_err("silence");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }) && !error.is_fatal());
    assert_eq!(seconds(began), 60);
    there.write_all(&frame(b"\x03hello")).await.expect("written");
    assert_eq!(here.recv().await.expect("DATA"), Some(said("hello")));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_lasts_over_futures_that_are_dropped() {
    let (mut here, mut there) = hasty(1000);
    there.write_all(b"\0\0").await.expect("written");
    let began = Instant::now();
    let error = loop {
        match timeout(SECOND / 3, here.recv()).await {
            Ok(received) => break received.expect_err("too slow"),
            Err(_) => assert!(began.elapsed() < 11 * SECOND, "it is not cut"),
        }
    };
    assert!(matches!(error.kind(), RecvErrorKind::FrameTimeout { have: 2, needed: 4, .. }));
    assert_eq!(seconds(began), 10);
}

#[tokio::test(start_paused = true)]
async fn a_frame_that_is_there_is_taken_after_its_deadline() {
    let (mut here, mut there) = hasty(1000);
    let bytes = frame(b"\x03hello");
    there.write_all(&bytes[..5]).await.expect("written");
    timeout(SECOND, here.recv()).await.expect_err("half a frame");
    there.write_all(&bytes[5..]).await.expect("written");
    sleep(60 * SECOND).await;
    assert_eq!(here.recv().await.expect("DATA"), Some(said("hello")));
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_takes_nothing_is_cut() {
    let (mut here, _there) = hasty(1000);
    let began = Instant::now();
    let error = here.send(&data(&"x".repeat(100_000))).await.expect_err("nothing is taken");
    let SendErrorKind::Stalled { pending: 99_005, allowed } = *error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!((allowed, seconds(began)), (30 * SECOND, 30));
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_takes_nothing_does_not_hold_a_recv() {
    let (mut here, mut there) = hasty(1000);
    here.queue(&data(&"x".repeat(10_000))).expect("queued");
    there.write_all(&frame(b"\x03hello")).await.expect("written");
    // Below 64 KiB it is written while a message is waited for.
    assert_eq!(here.recv().await.expect("DATA"), Some(said("hello")));
    here.queue(&data(&"x".repeat(60_000))).expect("queued");
    there.write_all(&frame(b"\x03hello")).await.expect("written");
    // Above 64 KiB nothing is read any more: who sends without reading is not served.
    let began = Instant::now();
    let error = here.recv().await.expect_err("nothing is taken");
    assert!(matches!(error.kind(), RecvErrorKind::Flush(SendErrorKind::Stalled { .. })));
    assert!(error.is_fatal());
    assert_eq!(seconds(began), 30);
}

#[tokio::test(start_paused = true)]
async fn both_ends_send_much_and_neither_stalls() {
    let ends = duplex(100);
    let talk = |stream| async move {
        let mut connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
        for _ in 0..100 {
            connection.queue(&data(&"x".repeat(500))).expect("queued");
        }
        for _ in 0..100 {
            assert_eq!(connection.recv().await.expect("DATA"), Some(said(&"x".repeat(500))));
        }
        connection.flush().await.expect("written");
        connection
    };
    tokio::join!(talk(ends.0), talk(ends.1));
}

#[tokio::test(start_paused = true)]
async fn two_ends_that_beat_are_silent_for_ever() {
    let (here, there) = duplex(1000);
    let mut ends = [here, there].map(|end| {
        let mut connection = Connection::<Chat, Chat, _, _>::over(end, Length::u32());
        let beats = Beats::every(10 * SECOND);
        connection.set_beats(beats, data("beat")).expect("it can be packed");
        connection
    });
    let [here, there] = &mut ends;
    for _ in 0..100 {
        let (beat, other) = tokio::join!(here.recv(), there.recv());
        assert_eq!(beat.expect("a beat"), Some(said("beat")));
        assert_eq!(other.expect("a beat"), Some(said("beat")));
    }
    // One of them dies, without a word.
    let began = Instant::now();
    let error = here.recv().await.expect_err("dead");
    assert!(matches!(error.kind(), RecvErrorKind::BeatTimeout { .. }) && error.is_fatal());
    assert_eq!(seconds(began), 30);
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_was_split_beats_when_it_is_asked() {
    let (mut here, mut there) = hasty(1000);
    here.set_beats(Beats::every(10 * SECOND), data("beat")).expect("it can be packed");
    let (_receiver, mut sender) = here.split();
    assert_eq!(sender.beat().await.expect("nothing is due"), Some(10 * SECOND));
    sleep(10 * SECOND).await;
    assert_eq!(sender.beat().await.expect("sent"), Some(10 * SECOND));
    let mut bytes = [0; 9];
    there.read_exact(&mut bytes).await.expect("a beat");
    assert_eq!(bytes[..], frame(b"\x03beat"));
}

#[tokio::test(start_paused = true)]
async fn a_close_reads_away_what_the_peer_still_sends_for_a_second() {
    let (mut here, mut there) = hasty(1000);
    here.queue(&data("bye")).expect("queued");
    let began = Instant::now();
    let closing = tokio::spawn(here.close());
    let mut bytes = Vec::new();
    there.read_to_end(&mut bytes).await.expect("the last message and the end");
    assert_eq!(bytes, frame(b"\x03bye"));
    there.write_all(&[0; 10_000]).await.expect("ten times what fits is read away");
    closing.await.expect("no panic").expect("closed");
    assert_eq!(seconds(began), 1);
}

#[tokio::test(start_paused = true)]
async fn a_close_does_not_wait_for_a_peer_that_takes_nothing() {
    let (mut here, _there) = hasty(4);
    here.queue(&data("bye")).expect("queued");
    let began = Instant::now();
    let error = here.close().await.expect_err("not all is taken");
    assert!(matches!(error.kind(), SendErrorKind::Stalled { pending: 4, .. }), "{error:?}");
    assert_eq!(seconds(began), 31);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_silent_peer_holds_no_buffer() {
    let (mut here, mut there) = hasty(100_000);
    for _ in 0..2 {
        timeout(SECOND, here.recv()).await.expect_err("silence");
        assert_eq!(here.capacity(), 0);
        there.write_all(&frame(b"\x03hello")).await.expect("written");
        assert_eq!(here.recv().await.expect("DATA"), Some(said("hello")));
        assert!((1..=4096).contains(&here.capacity()), "{}", here.capacity());
    }
}
