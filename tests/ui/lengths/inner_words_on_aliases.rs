// errors: 4
use protocol_core::Wire;

type Text = String;
type Bytes = Box<[u8]>;
type List = Vec<String>;
type Maybe = Option<String>;

#[derive(Wire)]
struct KeyOfList {
    #[wire(key(len = u8))]
    a: List,
}

#[derive(Wire)]
struct KeyOfOption {
    n: u8,
    #[wire(if(n == 1), key(len = u8))]
    a: Option<Maybe>,
}

#[derive(Wire)]
struct ItemOfText {
    #[wire(len = u8, item(endian = little))]
    a: Text,
}

#[derive(Wire)]
struct ItemOfBorrowedBytes<'a> {
    #[wire(item(endian = little))]
    a: Slice<'a>,
}

type Slice<'a> = &'a [u8];

#[derive(Wire)]
struct Right {
    #[wire(item(endian = little))]
    a: Bytes,
}

fn main() {}
