// errors: 3
use protocol_core::{Message, Pack, Protocol, Unpack, Wire};

#[derive(Message, Clone, Debug)]
struct Login<'a> {
    name: &'a str,
}

#[derive(Message, Clone, Debug)]
#[msg_type = 2]
struct Data {
    #[wire(cuont = u16)]
    items: Vec<Point>,
}

#[derive(Wire, Clone, Debug)]
struct Point {
    #[wire(rest)]
    x: Vec<u8>,
    y: u8,
}

#[derive(Protocol, Clone, Debug)]
enum Chat<'a> {
    Login(Login<'a>),
    Data(Data),
}

fn number<M: Message>() -> u64 {
    M::ID
}

fn main() {
    let login = Login { name: "ann" };
    let bytes = login.pack().unwrap();
    let chat = Chat::unpack(&bytes).unwrap();
    let _ = Login::try_from(chat);
    let _ = Chat::from(login).packed_len();
    let _ = number::<Data>();
    let _ = <Vec<Point> as Wire>::MIN;
}
