// errors: 1
use protocol_core::{Message, MessageOf, Pack, Protocol, Unpack, Wire, WireOwned};

#[derive(Message, Clone, Debug, PartialEq)]
#[msg_type = 1]
struct Login {
    #[wire(cuont = u16)]
    names: Vec<String>,
}

#[derive(Wire, Debug, PartialEq)]
struct Pair {
    first: Login,
    second: Option<Login>,
    third: Vec<Login>,
    #[wire(len = u16)]
    fourth: Login,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
struct Data<'a> {
    logins: [Login; 3],
    boxed: Box<Login>,
    text: &'a str,
}

#[derive(Protocol, Debug, PartialEq)]
enum Chat<'a> {
    Login(Login),
    Data(Data<'a>),
}

fn owned<T: WireOwned>() {}

fn message<M: Message>() -> u64 {
    M::ID
}

fn sent<'a>(_: impl MessageOf<Chat<'a>>) {}

macro_rules! places {
    ($($place:ident)*) => {$(
        fn $place(login: &Login) -> Option<Vec<u8>> {
            let bytes = login.pack().ok()?;
            let again = Login::unpack(&bytes).ok()?;
            sent(again.clone());
            let chat = Chat::from(again);
            let _ = (chat.packed_len().ok()?, Login::try_from(chat), Login::MIN_LEN, Login::MAX_LEN);
            chat_of(&bytes);
            Some(bytes)
        }
    )*};
}

fn chat_of(bytes: &[u8]) -> Option<Chat<'_>> {
    Chat::unpack(bytes).ok()
}

places!(a b c d e f g h i j k l m n o p q r s t u v w x y z a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 k1 l1 m1 n1);

fn main() {
    owned::<Login>();
    owned::<Pair>();
    message::<Login>();
    let _ = <Login as Wire>::MIN + <Vec<Login> as Wire>::MIN;
    let _ = Pair::unpack(b"").map(|pair| pair.pack());
    let _ = (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z);
    let _ = (a1, b1, c1, d1, e1, f1, g1, h1, i1, j1, k1, l1, m1, n1);
}
