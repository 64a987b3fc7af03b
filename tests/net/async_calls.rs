//! Calls and conversations for tokio: the same as in blocking ones, and futures that are dropped at
//! every point.

use std::future::{Future, poll_fn};
use std::io::{Read, Write};
use std::pin::pin;
use std::task::Poll;

use protocol_core::WithHeader;
use protocol_core::conn::{CallError, Serial};
use protocol_core::frame::{Headed, Length};
use protocol_core::net::tokio::{Connection, Pipelined};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::conversation::{Answered, Asked, Data, Login, Logout, Refused, Welcome, data, login};
use crate::pipelined::{
    BAD_REPLIES, Calculator, Double, Doubled, Head, LONG, SHORT, answer, bad_reply, short, shuffle,
};
use crate::serial::{self, UNASKED, UNASKED_AND_BAD, UNSENT, last};

type Served<S> = Connection<WithHeader<Head, Calculator>, Calculator, Headed<Head>, S>;
type Calls<S> = Pipelined<Calculator, Calculator, Headed<Head>, S>;

async fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (here, there) = tokio::join!(TcpStream::connect(address), listener.accept());
    (here.expect("it listens"), there.expect("a client").0)
}

async fn calls_and_server() -> (Calls<TcpStream>, Served<TcpStream>) {
    let (here, there) = tcp_pair().await;
    let (calls, driver) = Pipelined::over(Served::over(here, Headed::new()));
    tokio::spawn(driver.run());
    (calls.deadline(LONG), Served::over(there, Headed::new()))
}

/// Polls the future at most so often, and then drops it.
async fn polled<F: Future>(future: F, most: usize) -> Option<F::Output> {
    let (mut future, mut polls) = (pin!(future), 0);
    poll_fn(|cx| {
        if polls == most {
            return Poll::Ready(None);
        }
        polls += 1;
        let polled = future.as_mut().poll(cx).map(Some);
        if polls == most && polled.is_pending() { Poll::Ready(None) } else { polled }
    })
    .await
}

#[tokio::test]
async fn sixty_four_callers_get_their_own_replies_in_any_order() {
    let (calls, mut server) = calls_and_server().await;
    tokio::spawn(async move {
        for round in 0.. {
            let mut requests = Vec::new();
            while requests.len() < 64 {
                let Some(request) = server.recv().await.expect("a request") else { return };
                requests.push(request);
            }
            shuffle(&mut requests, round);
            for request in &requests {
                server.queue(&answer(request)).expect("queued");
            }
            server.flush().await.expect("written");
        }
    });
    let mut callers = JoinSet::new();
    for caller in 1..=64_u32 {
        let calls = calls.clone();
        callers.spawn(async move {
            for round in 0..20 {
                let number = round * 64 + caller;
                let reply = calls.call(&Double { number }).await.expect("a reply");
                assert_eq!(reply, Ok(Doubled { number: u64::from(number) * 2 }));
            }
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller.expect("no panic");
    }
    assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 0, 0));
}

#[tokio::test]
async fn a_late_reply_is_dropped_and_counted() {
    let (calls, mut server) = calls_and_server().await;
    let error = calls.call_within(&Double { number: 1 }, SHORT).await.expect_err("no reply");
    assert!(matches!(error, CallError::Timeout { allowed: SHORT }), "{error}");
    let first = server.recv().await.expect("a request").expect("a request");
    let two = Double { number: 2 };
    let (reply, ()) = tokio::join!(calls.call(&two), async {
        let second = server.recv().await.expect("a request").expect("a request");
        server.send(&answer(&first)).await.expect("sent");
        server.send(&answer(&second)).await.expect("sent");
    });
    assert_eq!(reply.expect("a reply"), Ok(Doubled { number: 4 }));
    assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 1, 0));
}

#[tokio::test]
async fn a_reply_that_is_no_message_fails_its_call_at_once_and_no_other() {
    for (kind, says) in BAD_REPLIES {
        let (calls, mut server) = calls_and_server().await;
        let (one, two) = (Double { number: 1 }, Double { number: 2 });
        let (good, bad) = (calls.call(&one), async {
            let reply = calls.call(&two).await;
            (reply, calls.waiting())
        });
        let (good, (bad, waiting), ()) = tokio::join!(good, bad, async {
            let first = server.recv().await.expect("a request").expect("a request");
            let second = server.recv().await.expect("a request").expect("a request");
            let bytes = bad_reply(&second, kind);
            assert_eq!(server.stream().try_write(&bytes).expect("written"), bytes.len());
            while calls.waiting() > 1 {
                tokio::task::yield_now().await;
            }
            server.send(&answer(&first)).await.expect("sent");
        });
        let error = bad.expect_err("no message");
        assert!(error.to_string().contains(says) && !error.is_fatal(), "{error}");
        assert!(matches!(error, CallError::Recv(_)));
        assert_eq!(waiting, 1, "the other waits on");
        assert_eq!(good.expect("a reply"), Ok(Doubled { number: 2 }));
        assert_eq!((calls.waiting(), calls.late(), calls.strays()), (0, 0, 0));
    }
}

#[tokio::test]
async fn what_cannot_be_packed_takes_no_number() {
    let (calls, _server) = calls_and_server().await;
    let error = calls.call(&short("long")).await.expect_err("too long");
    assert!(matches!(error, CallError::Send(_)) && !error.is_fatal(), "{error}");
    assert_eq!(calls.waiting(), 0);
}

#[tokio::test]
async fn a_connection_that_ends_ends_its_calls() {
    let (calls, mut server) = calls_and_server().await;
    let one = Double { number: 1 };
    let (reply, ()) = tokio::join!(calls.call(&one), async {
        server.recv().await.expect("a request");
        drop(server);
    });
    assert!(reply.expect_err("no reply").is_fatal());
    assert!(calls.call(&one).await.expect_err("it has ended").is_fatal());
}

#[tokio::test]
async fn the_last_handle_ends_the_connection() {
    let (calls, mut server) = calls_and_server().await;
    let other = calls.clone();
    drop(calls);
    let error = other.call_within(&Double { number: 1 }, SHORT).await.expect_err("no reply");
    assert!(matches!(error, CallError::Timeout { .. }));
    drop(other);
    assert!(server.recv().await.expect("a request").is_some());
    assert!(server.recv().await.expect("the end").is_none());
}

#[tokio::test]
async fn a_driver_that_is_dropped_ends_all_calls() {
    let (here, _there) = duplex(64);
    let (calls, driver) = Calls::<DuplexStream>::over(Served::over(here, Headed::new()));
    let one = Double { number: 1 };
    let (reply, ()) = tokio::join!(calls.call(&one), async { drop(driver) });
    assert!(matches!(reply, Err(CallError::Ended)));
    assert!(matches!(calls.call(&one).await, Err(CallError::Ended)));
}

/// A server that answers each request, over a stream that carries a byte at a time.
fn answering(mut server: Served<DuplexStream>) {
    tokio::spawn(async move {
        while let Some(request) = server.recv().await.expect("a request") {
            server.send(&answer(&request)).await.expect("sent");
        }
    });
}

#[tokio::test]
async fn a_pipelined_call_may_be_dropped_at_every_point() {
    let mut is_whole = false;
    for polls in 0.. {
        let (here, there) = duplex(1);
        let (calls, driver) = Calls::over(Served::over(here, Headed::new()));
        tokio::spawn(driver.run());
        answering(Served::over(there, Headed::new()));
        let one = Double { number: 1 };
        let first = polled(calls.call(&one), polls).await;
        is_whole |= first.is_some();
        assert!(first.is_none_or(|reply| reply.expect("a reply") == Ok(Doubled { number: 2 })));
        assert_eq!(calls.waiting(), 0, "after {polls} polls");
        for number in [2, 3] {
            let reply = calls.call(&Double { number }).await.expect("a reply");
            assert_eq!(reply, Ok(Doubled { number: u64::from(number) * 2 }), "after {polls} polls");
        }
        assert_eq!(calls.strays(), 0);
        if is_whole {
            assert!(polls > 1, "the call waited at least once");
            return;
        }
        assert_eq!(calls.late(), u64::from(polls > 0), "after {polls} polls");
    }
}

#[tokio::test]
async fn a_serial_call_may_be_dropped_at_every_point_and_poisons() {
    for polls in 0.. {
        let (here, there) = duplex(1);
        let mut calls =
            Serial::over(Connection::<Answered, Asked, _, _>::over(here, Length::u32()));
        let mut server = Connection::<Asked, Answered, _, _>::over(there, Length::u32());
        tokio::spawn(async move {
            while let Ok(Some(message)) = server.recv().await {
                let Asked::Data(heard) = message else { panic!("no data") };
                // Nobody may be left to hear it.
                server.send(&data(&heard.text.to_uppercase())).await.unwrap_or_default();
            }
        });
        let first = polled(calls.call(&data("one")), polls).await;
        let second = calls.call(&data("two")).await;
        match (polls, first) {
            // Until it is known that nothing came unasked, nothing is sent.
            (0 | 1, None) => assert_eq!(second.expect("a reply"), data("TWO")),
            (_, None) => assert!(matches!(second, Err(CallError::Poisoned)), "after {polls} polls"),
            (_, Some(first)) => {
                assert!(polls > 3, "a byte at a time takes many polls");
                assert_eq!(first.expect("a reply"), data("ONE"));
                assert_eq!(second.expect("a reply"), data("TWO"));
                return;
            }
        }
    }
}

/// The peer writes while this thread is busy, so that tokio has not yet been told of it.
#[tokio::test]
async fn what_came_before_a_request_is_not_its_reply() {
    for (came, says, whole) in UNASKED {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let here = TcpStream::connect(listener.local_addr().expect("bound")).await;
        let connection =
            Connection::<serial::Calculator>::over(here.expect("it listens"), Length::u32());
        let mut calls = Serial::over(connection);
        let (mut there, _) = listener.accept().expect("a client");
        there.write_all(came).expect("written");
        let error = calls.call(&last("abc")).await.expect_err("nobody asked");
        assert_eq!(error.to_string(), format!("{says} before the request{UNSENT}"));
        let CallError::Unasked { message, .. } = &error else { panic!("{error}") };
        assert_eq!(*message, whole);
        assert!(error.is_fatal() && calls.is_poisoned());
        assert!(matches!(calls.call(&last("abc")).await, Err(CallError::Poisoned)));
        drop(calls);
        let mut heard = Vec::new();
        there.read_to_end(&mut heard).unwrap_or_default();
        assert_eq!(heard, b"", "it was sent all the same");
    }
}

#[tokio::test]
async fn what_came_before_a_request_and_is_no_message_says_that_nothing_was_sent() {
    for (came, says) in UNASKED_AND_BAD {
        let (here, mut there) = duplex(64);
        let connection =
            Connection::<serial::Calculator, serial::Calculator, _, _>::over(here, Length::u32());
        let mut calls = Serial::over(connection);
        there.write_all(came).await.expect("written");
        let error = calls.call(&last("abc")).await.expect_err("nobody asked");
        assert!(error.to_string().contains(says), "{error}");
        assert!(matches!(error, CallError::EndedBefore(Some(_))), "{error}");
        assert!(error.is_fatal() && calls.is_poisoned());
        drop(calls);
        assert!(there.read(&mut [0]).await.expect("the end") == 0, "it was sent all the same");
    }
}

#[tokio::test]
async fn a_connection_that_has_ended_is_known_before_the_request() {
    let (here, there) = tcp_pair().await;
    let mut calls = Serial::over(Connection::<Answered, Asked>::over(here, Length::u32()));
    drop(there);
    let error = calls.call(&data("one")).await.expect_err("nobody is there");
    assert!(matches!(error, CallError::EndedBefore(None)) && error.is_fatal(), "{error}");
}

#[tokio::test]
async fn another_message_than_the_reply_is_named_and_handed_back() {
    let (here, there) = tcp_pair().await;
    let mut calls = Serial::over(Connection::<Answered, Asked>::over(here, Length::u32()));
    let mut server = Connection::<Asked, Answered>::over(there, Length::u32());
    let ann = login("ann");
    let (reply, ()) = tokio::join!(calls.call(&ann), async {
        assert_eq!(server.recv().await.expect("a request"), Some(Asked::Login(login("ann"))));
        server.send(&data("no answer")).await.expect("sent");
    });
    let error = reply.expect_err("no answer");
    assert_eq!(error.to_string(), "`Data` came, and not `Welcome` or `Refused`");
    let CallError::Other(other) = error else { panic!("{error}") };
    assert_eq!(other.into_message(), Answered::Data(data("no answer")));
    assert!(calls.is_poisoned());
}

#[tokio::test]
async fn a_serial_call_that_took_too_long_poisons_the_connection() {
    let (here, there) = tcp_pair().await;
    let mut calls = Serial::over(Connection::<Answered, Asked>::over(here, Length::u32()));
    let mut server = Connection::<Asked, Answered>::over(there, Length::u32());
    let error = calls.call_within(&data("one"), SHORT).await.expect_err("no reply");
    assert!(matches!(error, CallError::Timeout { allowed: SHORT }), "{error}");
    assert_eq!(server.recv().await.expect("a request"), Some(Asked::Data(data("one"))));
    server.send(&data("ONE")).await.expect("sent");
    let error = calls.call(&data("two")).await.expect_err("the reply to the first may come");
    assert!(matches!(error, CallError::Poisoned) && calls.is_poisoned());
    drop(calls);
    // The end, or a reset: the reply to the first was never read.
    assert!(!matches!(server.recv().await, Ok(Some(_))), "the second was never sent");
}

#[tokio::test]
async fn a_conversation_goes_from_state_to_state() {
    let (here, there) = tcp_pair().await;
    tokio::spawn(async move {
        let mut connection = Connection::<Asked, Answered>::over(there, Length::u32());
        let mut server = connection.as_server().in_any_state();
        while let Some(message) = server.recv().await.expect("a message") {
            match message {
                Asked::Login(login) if login.user.is_empty() => {
                    server.send(&Refused { why: "no name".into() }).await.expect("sent");
                }
                Asked::Login(_) => server.send(&Welcome).await.expect("sent"),
                Asked::Data(heard) => server.send(&heard).await.expect("sent"),
                Asked::Logout(Logout) => return,
            }
        }
    });
    let mut connection = Connection::<Answered, Asked>::over(here, Length::u32());
    let client = connection.as_client();
    let Err((refused, client)) = client.call(&login("")).await.expect("a reply") else {
        panic!("let in without a name");
    };
    assert_eq!(refused.why, "no name");
    let Ok((Welcome, mut client)) = client.call(&login("ann")).await.expect("a reply") else {
        panic!("refused");
    };
    client.send(&data("one")).await.expect("sent");
    let (one, client) = client.expect::<Data>().await.expect("a reply");
    let (two, client) = client.call(&data("two")).await.expect("a reply");
    assert_eq!((one, two), (data("one"), data("two")));
    let end = client.step(&Logout).await.expect("sent");
    assert_eq!(end.phase().state(), "End");
    assert_eq!(connection.recv().await.expect("the end"), None);
}

#[tokio::test]
async fn a_message_in_the_wrong_state_is_refused() {
    let (here, there) = duplex(64);
    let mut client = Connection::<Answered, Asked, _, _>::over(here, Length::u32());
    let mut connection = Connection::<Asked, Answered, _, _>::over(there, Length::u32());
    client.queue(&data("early")).expect("queued");
    client.send(&login("ann")).await.expect("sent");
    let mut server = connection.as_server().in_any_state();
    let error = server.recv().await.expect_err("too early");
    let text = "a client may not send `Data` in the state `Start`, only `Login` (at 03)";
    assert!(error.to_string().ends_with(text) && !error.is_fatal(), "{error}");
    assert_eq!(server.recv().await.expect("allowed"), Some(Asked::Login(login("ann"))));
    let error = server.send(&data("early")).await.expect_err("nobody is logged in");
    let text = "a server may not send `Data` in the state `Start`, only `Welcome`, `Refused`";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_conversation_is_answered_in_place() {
    let (here, there) = tcp_pair().await;
    let mut client = Connection::<Answered, Asked>::over(here, Length::u32());
    let mut connection = Connection::<Asked, Answered>::over(there, Length::u32());
    client.queue(&login("ann")).expect("queued");
    client.queue(&data("one")).expect("queued");
    client.send(&Logout).await.expect("sent");
    let (_, server) = connection.as_server().expect::<Login>().await.expect("a login");
    let mut server = server.step(&Welcome).await.expect("sent");
    let stayed = server.stay(|message, replies| {
        let Asked::Data(data) = message else { panic!("{message:?}") };
        replies.queue(&data)
    });
    stayed.await.expect("answered");
    let (Logout, server) = server.expect::<Logout>().await.expect("it was left");
    assert_eq!(server.phase().state(), "End");
    assert_eq!(client.recv().await.expect("a reply"), Some(Answered::Welcome(Welcome)));
    assert_eq!(client.recv().await.expect("a reply"), Some(Answered::Data(data("one"))));

    client.send(&login("bob")).await.expect("sent");
    drop(client);
    let mut server = connection.as_server().in_any_state();
    let answered = server.answer(|message, replies| {
        assert_eq!(message, Asked::Login(login("bob")));
        replies.queue(&data("early"))
    });
    let error = answered.await.expect_err("nobody is welcome yet");
    let text = "a server may not send `Data` in the state `Start`, only `Welcome`, `Refused`";
    assert_eq!(error.to_string(), text);
}
