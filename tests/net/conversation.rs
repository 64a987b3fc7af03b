//! Conversations over connections: what may not be sent in a state is refused by its number, on
//! sockets and in memory.

use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use protocol_core::conn::{
    CallError, ConnError, Conversation, RecvErrorKind, SendError, SendErrorKind,
};
use protocol_core::conversation::{ClientSide, ServerSide};
use protocol_core::frame::Length;
use protocol_core::net::blocking::{Connection, Server};
use protocol_core::net::mem;
use protocol_core::net::server::Event;
use protocol_core::{Message, Protocol, UnpackErrorKind};

use crate::chat::frame;

pub(crate) struct Start;
pub(crate) struct Active;
pub(crate) struct End;

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
#[wire(reply = Welcome | Refused)]
pub(crate) struct Login {
    #[wire(rest)]
    pub(crate) user: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 2]
pub(crate) struct Logout;

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
#[wire(reply = Data)]
pub(crate) struct Data {
    #[wire(rest)]
    pub(crate) text: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 129]
pub(crate) struct Welcome;

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 130]
pub(crate) struct Refused {
    #[wire(rest)]
    pub(crate) why: String,
}

/// What the client says.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(state = Start)]
pub(crate) enum Asked {
    #[wire(state = Start)]
    Login(Login),
    #[wire(state = Active, then = End)]
    Logout(Logout),
    #[wire(state = Active)]
    Data(Data),
}

/// What the server answers.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(state = Start)]
pub(crate) enum Answered {
    #[wire(state = Start, then = Active)]
    Welcome(Welcome),
    #[wire(state = Start)]
    Refused(Refused),
    #[wire(state = Active)]
    Data(Data),
}

type ServerConnection<S> = Connection<Asked, Answered, Length, S>;
type ClientConnection<S> = Connection<Answered, Asked, Length, S>;

fn pair() -> (ClientConnection<mem::End>, ServerConnection<mem::End>) {
    let (here, there) = mem::pair();
    (Connection::over(here, Length::u32()), Connection::over(there, Length::u32()))
}

pub(crate) fn login(user: &str) -> Login {
    Login { user: user.into() }
}

pub(crate) fn data(text: &str) -> Data {
    Data { text: text.into() }
}

/// A server of this conversation.
fn serve(connection: &mut Connection<Asked, Answered>) -> Result<(), ConnError> {
    let mut server = connection.as_server().in_any_state();
    while let Some(message) = server.recv()? {
        match message {
            Asked::Login(login) if login.user.is_empty() => {
                server.send(&Refused { why: "no name".into() })?;
            }
            Asked::Login(_) => server.send(&Welcome)?,
            Asked::Data(heard) => server.send(&data(&heard.text.to_uppercase()))?,
            Asked::Logout(Logout) => return Ok(()),
        }
    }
    Ok(())
}

/// Runs `talk` against a server over TCP, whose events are returned.
fn against_server(talk: impl FnOnce(TcpStream)) -> Vec<String> {
    let (tell, told) = std::sync::mpsc::channel();
    let server = Server::<Asked, Answered>::bind("127.0.0.1:0").expect("a free port");
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let server = server.observer(move |event: &Event<'_>| {
        tell.send(event.to_string()).unwrap_or_default();
    });
    let serving = thread::spawn(move || server.serve(|mut connection| serve(&mut connection)));
    talk(TcpStream::connect(address).expect("it listens"));
    handle.drain(Duration::from_secs(10));
    serving.join().expect("no panic").expect("served");
    told.try_iter().collect()
}

#[test]
fn a_client_goes_from_state_to_state() {
    let events = against_server(|stream| {
        let mut connection = ClientConnection::over(stream, Length::u32());
        let client = connection.as_client();
        let client = match client.call(&login("")).expect("an answer") {
            Ok(_) => panic!("a client without a name was let in"),
            Err((refused, client)) => {
                assert_eq!(refused.why, "no name");
                client
            }
        };
        let Ok((Welcome, mut client)) = client.call(&login("ann")).expect("an answer") else {
            panic!("refused");
        };
        client.send(&data("one")).expect("sent");
        client.send(&data("two")).expect("sent");
        let (one, client) = client.expect::<Data>().expect("an answer");
        let (two, client) = client.expect::<Data>().expect("an answer");
        assert_eq!((one, two), (data("ONE"), data("TWO")));
        let (three, client) = client.call(&data("three")).expect("an answer");
        assert_eq!(three, data("THREE"));
        let end: Conversation<'_, _, ClientSide, End> = client.step(&Logout).expect("sent");
        assert_eq!(end.phase().state(), "End");
        assert!(matches!(connection.recv(), Ok(None)));
    });
    assert_eq!(events, [""; 0]);
}

#[test]
fn a_server_refuses_data_before_login_and_says_why() {
    let events = against_server(|mut stream| {
        use std::io::{Read, Write};
        // A body that is no text: it is not looked into.
        stream.write_all(&frame(b"\x03\xff\xff")).expect("written");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the end");
        assert_eq!(answer, b"");
    });
    let [event] = events.as_slice() else { panic!("{events:?}") };
    let text = "Asked.type at byte 0: a client may not send `Data` in the state `Start`, only `Login` \
                (at 03)";
    assert!(event.ends_with(text), "{event}");
}

#[test]
fn a_refused_message_costs_only_itself() {
    let (mut client, mut server) = pair();
    client.queue(&data("early")).expect("queued");
    client.queue(&login("ann")).expect("queued");
    client.send(&data("in time")).expect("sent");
    let mut server = server.as_server().in_any_state();
    let error = server.recv().expect_err("too early");
    assert!(!error.is_fatal());
    let RecvErrorKind::Message(inner) = error.kind() else { panic!("{error}") };
    assert!(matches!(inner.kind(), UnpackErrorKind::NotAllowed(it) if it.state() == "Start"));
    assert_eq!(server.recv().expect("allowed"), Some(Asked::Login(login("ann"))));
    server.send(&Welcome).expect("allowed");
    assert_eq!(server.recv().expect("allowed"), Some(Asked::Data(data("in time"))));
}

#[test]
fn what_is_no_message_leaves_the_state_as_it_is() {
    use std::io::Write;
    let (here, mut there) = mem::pair();
    let mut client = ClientConnection::over(here, Length::u32());
    // A welcome leads on, and this one has a byte too much.
    there.write_all(&[frame(b"\x81!"), frame(b"\x81")].concat()).expect("written");
    let mut client = client.as_client().in_any_state();
    let error = client.recv().expect_err("a byte too much");
    assert!(error.to_string().contains("1 more byte after the end"), "{error}");
    assert_eq!(client.phase().state(), "Start");
    assert_eq!(client.recv().expect("a welcome"), Some(Answered::Welcome(Welcome)));
    assert_eq!(client.phase().state(), "Active");
}

#[test]
fn what_is_sent_at_run_time_is_checked_there() {
    let (_client, mut server) = pair();
    let mut server = server.as_server().in_any_state();
    let error = server.send(&data("early")).expect_err("nobody is logged in");
    assert!(matches!(error.kind(), SendErrorKind::NotAllowed(_)));
    assert!(!error.is_fatal());
    assert_eq!(
        error.to_string(),
        "a server may not send `Data` in the state `Start`, only `Welcome`, `Refused`"
    );
    server.send(&Welcome).expect("allowed");
    assert_eq!(server.phase().state(), "Active");
    server.send(&data("now")).expect("allowed");
}

#[test]
fn a_server_may_know_its_states_too() {
    let (mut client, mut server) = pair();
    client.queue(&login("ann")).expect("queued");
    client.send(&data("hi")).expect("sent");
    let (heard, server) = server.as_server().expect::<Login>().expect("a login");
    let mut server: Conversation<'_, _, ServerSide, Active> = server.step(&Welcome).expect("sent");
    server.send(&data(&heard.user)).expect("sent");
    let (heard, server) = server.expect::<Data>().expect("data");
    assert_eq!(heard, data("hi"));
    drop(client);
    assert!(matches!(server.expect::<Logout>(), Err(CallError::Ended)));
}

#[test]
fn a_server_stays_in_its_state_until_a_message_leads_on() {
    let (mut client, mut server) = pair();
    for round in 0..2 {
        client.queue(&login("ann")).expect("queued");
        client.queue(&data("one")).expect("queued");
        client.queue(&data("two")).expect("queued");
        client.send(&Logout).expect("sent");
        let (_, server) = server.as_server().expect::<Login>().expect("a login");
        let mut server: Conversation<'_, _, ServerSide, Active> =
            server.step(&Welcome).expect("sent");
        for _ in 0..2 {
            let mut heard = Vec::new();
            server
                .stay(|message, replies| {
                    let Asked::Data(data) = message else { panic!("{message:?}") };
                    heard.push(data.text.clone());
                    assert_eq!(replies.phase().state(), "Active");
                    replies.queue(&data)
                })
                .expect("answered");
            let all = [vec!["one".to_owned(), "two".to_owned()], vec![]];
            assert!(all.contains(&heard), "a message that leads on is not lost: {heard:?}");
        }
        let (Logout, server) = server.expect::<Logout>().expect("it was left");
        let _: Conversation<'_, _, ServerSide, End> = server;
        assert_eq!(client.recv().expect("a reply"), Some(Answered::Welcome(Welcome)), "{round}");
        for text in ["one", "two"] {
            assert_eq!(client.recv().expect("a reply"), Some(Answered::Data(data(text))));
        }
    }
}

#[test]
fn what_is_replied_in_place_is_checked_too() {
    let (mut client, mut server) = pair();
    client.queue(&login("ann")).expect("queued");
    client.queue(&login("bob")).expect("queued");
    client.send(&data("hi")).expect("sent");
    let mut server = server.as_server().in_any_state();
    let mut states = Vec::new();
    let answered = server.answer(|message, replies| match message {
        Asked::Login(_) => {
            let early = replies.queue(&data("early")).expect_err("nobody is welcome yet");
            assert!(matches!(early.kind(), SendErrorKind::NotAllowed(_)), "{early}");
            states.push(replies.phase().state());
            replies.queue(&Welcome)?;
            states.push(replies.phase().state());
            Ok::<(), SendError>(())
        }
        other => panic!("{other:?}"),
    });
    let error = answered.expect_err("one login is enough");
    let text = "a client may not send `Login` in the state `Active`, only `Logout`, `Data` (at 01)";
    assert!(error.to_string().ends_with(text) && !error.is_fatal(), "{error}");
    assert_eq!(states, ["Start", "Active"]);
    drop(client);
    server
        .answer(|message, replies| {
            let Asked::Data(data) = message else { panic!("{message:?}") };
            replies.queue(&data)
        })
        .expect_err("the peer is gone");
}

#[test]
fn another_message_than_the_expected_one_is_handed_back() {
    let (mut client, mut server) = pair();
    server.send(&Refused { why: "full".into() }).expect("sent");
    let client = client.as_client().step(&login("ann")).expect("sent");
    let error = client.expect::<Welcome>().err().expect("refused");
    assert_eq!(error.to_string(), "`Refused` came, and not `Welcome`");
    let CallError::Other(other) = error else { panic!("{error}") };
    assert_eq!(other.into_message(), Answered::Refused(Refused { why: "full".into() }));
}

#[test]
fn a_reply_in_the_wrong_state_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let stream = TcpStream::connect(listener.local_addr().expect("an address")).expect("listens");
    let mut client = ClientConnection::over(stream, Length::u32());
    let (stream, _) = listener.accept().expect("a client");
    let mut server = ServerConnection::over(stream, Length::u32());
    server.send(&data("who asked?")).expect("sent");
    let error = client.as_client().call(&login("ann")).err().expect("refused");
    let text =
        "a server may not send `Data` in the state `Start`, only `Welcome`, `Refused` (at 03)";
    assert!(error.to_string().ends_with(text), "{error}");
}
