// errors: 2
use protocol_core::conversation::{AllowedIn, ClientSide, ServerSide, StaysIn};
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 3]
struct Data;

struct Start;
struct Active;

#[derive(Protocol)]
#[wire(state = Start)]
enum Chat {
    #[wire(from = client, state = Start, then = Active)]
    Login(Login),
    #[wire(state = Active)]
    Data(Data),
}

fn step<R, S, M: AllowedIn<Chat, R, S>>(_: M) {}

fn send<R, S, M: StaysIn<Chat, R, S>>(_: M) {}

fn main() {
    step::<ClientSide, Start, _>(Login);
    step::<ServerSide, Start, _>(Login);
    send::<ServerSide, Active, _>(Data);
    send::<ClientSide, Start, _>(Login);
}
