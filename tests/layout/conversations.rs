//! Conversations: which message may come from whom in which state, told from its number alone.

use protocol_core::conversation::{
    AllowedIn, AnyState, ClientSide, Converses, Phase, Request, Role, ServerSide, Side, StaysIn,
};
use protocol_core::{Message, Pack, Protocol, Unknown, UnpackErrorKind, Wire, WithHeader};

struct Start;
struct Active;
struct End;

#[derive(Message)]
#[msg_type = 1]
#[wire(reply = Welcome | Refused)]
struct Login<'a> {
    #[wire(secret, rest)]
    token: &'a str,
}

#[derive(Message)]
#[msg_type = 2]
struct Logout;

#[derive(Message)]
#[msg_type = 3]
struct Data {
    text: String,
}

#[derive(Message)]
#[msg_type = 0x81]
struct Welcome;

#[derive(Message)]
#[msg_type = 0x82]
struct Refused;

#[derive(Message)]
#[msg_type = 9]
struct Ping;

#[derive(Protocol)]
#[wire(state = Start)]
enum Chat<'a> {
    #[wire(from = client, state = Start)]
    Login(Login<'a>),
    #[wire(from = server, state = Start, then = Active)]
    Welcome(Welcome),
    #[wire(from = server)]
    Refused(Refused),
    #[wire(from = client, then = End)]
    Logout(Logout),
    #[wire(state = Active | End)]
    Data(Box<Data>),
    Ping(Ping),
    #[wire(unknown)]
    Other(Unknown),
}

#[derive(Wire, Default, Clone)]
struct Head {
    flags: u16,
    #[wire(role = id)]
    kind: u8,
    #[wire(role = len)]
    length: u8,
}

#[derive(Protocol)]
#[wire(header = Head, state = Start)]
enum Headed {
    #[wire(from = client, state = Start, then = Active)]
    Ping(Ping),
    #[wire(state = Active)]
    Data(Data),
}

#[derive(Protocol)]
enum OneWay {
    #[wire(from = client)]
    Ping(Ping),
    #[wire(from = server)]
    Data(Data),
}

fn phase_in(state: &str) -> Phase {
    let start = Phase::start::<Chat<'static>>();
    let active = start.sent::<Chat<'static>, Welcome>(Side::Server).expect("allowed");
    let end = start.sent::<Chat<'static>, Logout>(Side::Client).expect("allowed");
    let phases = [start, active, end];
    *phases.iter().find(|phase| phase.state() == state).expect("a state")
}

/// The state after the message, or what is said of it.
fn after(state: &str, from: Side, bytes: &[u8]) -> String {
    match phase_in(state).received::<Chat<'static>>(from, bytes) {
        Ok(phase) => phase.state().to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_message_leads_on_or_stays() {
    assert_eq!(Chat::START, "Start");
    assert_eq!(after("Start", Side::Client, b"\x01ann"), "Start");
    assert_eq!(after("Start", Side::Server, b"\x81"), "Active");
    assert_eq!(after("Active", Side::Client, b"\x03hi"), "Active");
    assert_eq!(after("Active", Side::Server, b"\x03hi"), "Active");
    assert_eq!(after("Active", Side::Client, b"\x02"), "End");
    assert_eq!(after("End", Side::Server, b"\x03hi"), "End");
}

#[test]
fn what_names_no_state_comes_in_all() {
    for state in ["Start", "Active", "End"] {
        assert_eq!(after(state, Side::Client, b"\x09"), state);
        assert_eq!(after(state, Side::Server, b"\x09"), state);
        assert_eq!(after(state, Side::Server, b"\x82"), state);
    }
}

#[test]
fn what_is_not_known_changes_nothing() {
    assert_eq!(after("Start", Side::Client, b"\x77whatever"), "Start");
    assert_eq!(after("Start", Side::Client, b""), "Start");
}

#[test]
fn a_refusal_names_the_message_the_state_and_what_is_allowed() {
    assert_eq!(
        after("Start", Side::Client, b"\x03this is no Data at all"),
        "Chat.type at byte 0: a client may not send `Data` in the state `Start`, only `Login`, \
         `Logout`, `Ping` (at 03)"
    );
    assert_eq!(
        after("End", Side::Client, b"\x01ann"),
        "Chat.type at byte 0: a client may not send `Login` in the state `End`, only `Logout`, \
         `Data`, `Ping` (at 01)"
    );
    assert_eq!(
        after("Start", Side::Server, b"\x01ann"),
        "Chat.type at byte 0: a server may not send `Login`, only a client may (at 01)"
    );
}

#[test]
fn a_refusal_can_be_matched_on_and_shows_no_secret() {
    let phase = phase_in("Active");
    let error = phase.received::<Chat<'static>>(Side::Client, b"\x01sesame").unwrap_err();
    let UnpackErrorKind::NotAllowed(not_allowed) = error.kind() else { panic!("{error}") };
    assert_eq!((not_allowed.rule().name, not_allowed.state()), ("Login", "Active"));
    assert_eq!(not_allowed.from(), Side::Client);
    assert_eq!(not_allowed.allowed().collect::<Vec<_>>(), ["Logout", "Data", "Ping"]);
    assert!(!error.to_string().contains("73 65"), "{error}");
}

#[test]
fn the_number_is_found_in_a_header() {
    let (start, data) = (Phase::start::<Headed>(), Data { text: "hi".into() });
    let bytes = Headed::from(data).pack().expect("packs");
    let error = start.received::<Headed>(Side::Client, &bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Headed.header.kind at byte 2: a client may not send `Data` in the state `Start`, only `Ping`"
    );
    let ping = Headed::from(Ping).pack().expect("packs");
    let active = start.received::<WithHeader<Head, Headed>>(Side::Client, &ping);
    assert_eq!(active.map(Phase::state), Ok("Active"));
    assert_eq!(start.received::<Headed>(Side::Client, &bytes[..3]), Ok(start));
}

#[test]
fn there_may_be_sides_and_no_states() {
    let phase = Phase::start::<OneWay>();
    assert_eq!((OneWay::START, OneWay::RULES.len()), ("", 2));
    assert_eq!(phase.sent::<OneWay, Ping>(Side::Client), Ok(phase));
    let error = phase.sent::<OneWay, Ping>(Side::Server).unwrap_err();
    assert_eq!(error.to_string(), "a server may not send `Ping`, only a client may");
}

/// The state that the compiler says follows.
fn then<R: Role, S, M, Then>(_: M)
where
    M: AllowedIn<Chat<'static>, R, S, Then = Then>,
{
}

fn stays<R: Role, S, M: StaysIn<Chat<'static>, R, S>>(_: M) {}

#[test]
fn the_compiler_knows_the_same() {
    then::<ClientSide, Start, _, Start>(Login { token: "t" });
    then::<ServerSide, Start, _, Active>(Welcome);
    then::<ClientSide, Active, _, End>(Logout);
    then::<ClientSide, Start, _, End>(Logout);
    then::<ServerSide, Active, _, Active>(Data { text: String::new() });
    then::<ServerSide, (), _, ()>(Ping);
    stays::<ClientSide, Start, _>(Login { token: "t" });
    stays::<ClientSide, End, _>(Logout);
    stays::<ClientSide, AnyState, _>(Logout);
    stays::<ServerSide, AnyState, _>(Welcome);
    stays::<ServerSide, End, _>(Data { text: String::new() });
}

#[test]
fn a_reply_is_one_of_two_messages() {
    fn first<M: Request<Reply = Result<Welcome, Refused>>>(_: M) {}
    first(Login { token: "t" });
}
