// errors: 1
use protocol_core::conversation::{AllowedIn, ClientSide};
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
    #[wire(from = client, state = Active)]
    Data(Data),
}

fn send<S, M: AllowedIn<Chat, ClientSide, S>>(_: M) {}

fn main() {
    send::<Start, _>(Login);
    send::<Active, _>(Data);
    send::<Start, _>(Data);
}
