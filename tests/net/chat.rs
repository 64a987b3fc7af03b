//! The protocol of these tests: that of the article, owned and borrowed.

use protocol_core::__private as p;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Login {
    pub(crate) user: String,
}
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Data {
    pub(crate) text: String,
}
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Chat {
    Login(Login),
    Data(Data),
}
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Words<'a> {
    Word(&'a str),
}
fn text<'a>(r: &mut p::Reader<'a, '_>) -> Result<&'a str, p::Fault> {
    let n = r.left();
    std::str::from_utf8(r.bytes(n)?).map_err(|_| r.refuse("the text is not UTF-8"))
}
macro_rules! pack {
    ($t:ty, |$s:ident| $id:expr, $text:expr) => {
        impl p::Pack for $t {
            const NAME: &'static str = stringify!($t);
            const MIN_LEN: usize = 1;
            const MAX_LEN: Option<usize> = None;
            fn put_whole<W: p::Sink>(&self, w: &mut W) -> Result<(), p::Fault> {
                let $s = self;
                w.put([$id])?;
                if $text == "unpackable" {
                    return Err(w.refuse("never packed"));
                }
                w.bytes($text.as_bytes())
            }
        }
    };
}
pack!(Login, |s| 1, s.user);
pack!(Data, |s| 3, s.text);
pack!(
    Chat,
    |s| match s {
        Chat::Login(_) => 1,
        Chat::Data(_) => 3,
    },
    match s {
        Chat::Login(l) => &l.user,
        Chat::Data(d) => &d.text,
    }
);
pack!(
    Words<'_>,
    |s| 3,
    match s {
        Words::Word(w) => *w,
    }
);
impl<'a> p::Unpack<'a> for Chat {
    fn get_whole<O: p::Order>(r: &mut p::Reader<'a, '_>) -> Result<Self, p::Fault> {
        match r.take::<1>()? {
            [1] => Ok(Chat::Login(Login {
                user: text(r)?.into(),
            })),
            [3] => Ok(Chat::Data(Data {
                text: text(r)?.into(),
            })),
            [id] => Err(p::unknown_message::<Self>(r, id.into())),
        }
    }
}
impl<'a> p::Unpack<'a> for Words<'a> {
    fn get_whole<O: p::Order>(r: &mut p::Reader<'a, '_>) -> Result<Self, p::Fault> {
        match r.take::<1>()? {
            [3] => Ok(Words::Word(text(r)?)),
            [id] => Err(p::unknown_message::<Self>(r, id.into())),
        }
    }
}
impl p::Protocol for Chat {
    type Id = u8;
    type IdOrder = p::Big;
    type Of<'a> = Chat;
    const MESSAGES: &'static [p::MessageInfo] = &[];
}
impl<'b> p::Protocol for Words<'b> {
    type Id = u8;
    type IdOrder = p::Big;
    type Of<'a> = Words<'a>;
    const MESSAGES: &'static [p::MessageInfo] = &[];
}
impl p::MessageOf<Chat> for Login {}
impl p::MessageOf<Chat> for Data {}
impl<'a> p::MessageOf<Words<'a>> for Data {}
impl p::MessageOf<Chat> for Chat {}

/// A message of this text, as it is sent.
pub(crate) fn data(text: &str) -> Data {
    Data { text: text.into() }
}

/// A message of this text, as it is received.
pub(crate) fn said(text: &str) -> Chat {
    Chat::Data(data(text))
}

/// The bytes of a frame with a length of four bytes.
pub(crate) fn frame(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("a short message");
    [&length.to_be_bytes(), message].concat()
}
