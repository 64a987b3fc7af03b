use protocol_core::{Message, Pack, Protocol, Unknown, Unpack, Wire};
use std::collections::BTreeMap;

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
struct Login {
    #[wire(rest)]
    user: String,
}
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 2]
struct Logout;
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type(DATA)]
struct Data<'a> {
    a: u32,
    #[wire(len = u16, max = 9)]
    text: &'a str,
    #[wire(count = Le<u16>, item(len = u8))]
    v: Vec<String>,
    m: BTreeMap<u8, u16>,
    #[wire(skip)]
    s: u8,
    #[wire(skip, default = 7)]
    t: usize,
    p: Point,
}
const DATA: u8 = 3;
#[derive(Wire, Debug, Clone, PartialEq)]
#[wire(endian = little)]
struct Point(u16, #[wire(endian = big)] u16, Kind, Unit);
#[derive(Wire, Debug, Clone, PartialEq)]
struct Unit;
#[derive(Wire, Debug, Clone, PartialEq)]
#[wire(tag = u16)]
enum Kind {
    A,
    B {
        x: u8,
        y: u16,
    },
    C(Option<Box<Kind>>),
    #[wire(unknown)]
    Other(u16, u8),
}
#[derive(Wire, Debug, Clone, PartialEq)]
enum Plain {
    A = 1,
    B = 1 + 1,
}
#[derive(Wire, Debug, Clone, PartialEq)]
struct Page<T, const N: usize = 2>
where
    T: Clone,
{
    t: [T; N],
    v: Vec<T>,
}
#[derive(Wire, Debug, Clone, PartialEq)]
struct Tree {
    n: u8,
    c: Option<Box<Tree>>,
}
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 9]
struct Gen<T> {
    t: T,
}
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(reserved(0, 200..=255))]
enum Chat<'a> {
    Login(Login),
    Logout(Logout),
    Data(Box<Data<'a>>),
    G(Gen<u8>),
    #[wire(unknown)]
    Other(Unknown),
}
#[derive(Protocol, Debug, Clone, PartialEq)]
enum GenChat<T> {
    Login(Login),
    G(Gen<T>),
}

#[test]
fn smoke() {
    let m = Chat::from(Login { user: "ann".into() });
    assert_eq!(m.pack().unwrap(), b"\x01ann");
    assert_eq!(Chat::unpack(b"\x01ann").unwrap(), m);
    assert_eq!(Logout.pack().unwrap(), [2]);
    let p = Point(1, 2, Kind::B { x: 1, y: 2 }, Unit);
    assert_eq!(p.pack().unwrap(), [1, 0, 0, 2, 1, 0, 1, 2, 0]);
    assert_eq!(Point::unpack(&p.pack().unwrap()).unwrap(), p);
    assert_eq!(Plain::unpack(&[2]).unwrap(), Plain::B);
    println!("{}", Plain::unpack(&[3]).unwrap_err());
    println!("{}", Chat::unpack(&[3]).unwrap_err());
    let t = Tree { n: 1, c: Some(Box::new(Tree { n: 2, c: None })) };
    assert_eq!(Tree::unpack(&t.pack().unwrap()).unwrap(), t);
    let k = Kind::C(Some(Box::new(Kind::Other(77, 1))));
    assert_eq!(k.pack().unwrap(), [0, 2, 1, 0, 77, 1]);
    assert_eq!(Kind::unpack(&k.pack().unwrap()).unwrap(), k);
    let p = Page { t: [1u8, 2], v: vec![3] };
    assert_eq!(Page::<u8>::unpack(&p.pack().unwrap()).unwrap(), p);
    let d = Data {
        a: 1,
        text: "hi",
        v: vec!["x".into()],
        m: BTreeMap::new(),
        s: 0,
        t: 7,
        p: Point(0, 0, Kind::A, Unit),
    };
    let b = d.pack().unwrap();
    assert_eq!(Data::unpack(&b).unwrap(), d);
    assert_eq!(Chat::unpack(&b).unwrap(), Chat::from(d));
    assert_eq!(Chat::unpack(b"\x63abc").unwrap().pack().unwrap(), b"\x63abc");
    let g = GenChat::<u16>::from(Gen { t: 5u16 });
    assert_eq!(g.pack().unwrap(), [9, 0, 5]);
}
