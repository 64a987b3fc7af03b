//! Messages with enums inside: tags of each width, payloads, and variants for unknown tags.

use protocol_core::{Message, Wire};

use crate::case::{Case, End, case};
use crate::messages::parts::Point;

/// A tag of one byte, which is the discriminant, then the fields of the variant.
#[derive(Wire, Debug, PartialEq)]
#[repr(u8)]
pub(crate) enum Shape {
    Nothing,
    Circle(u32),
    At(Point),
    Label { text: String, size: u8 } = 7,
}

// 0        1          5    6    7          11   12         16   17         21    24
// +--------+----------+----+----+----------+----+----------+----+----------+-----+----+
// | type 1 | 00000004 | 00 | 01 | 0000000a | 02 | 0003 0004| 07 | 00000003 | dot | 05 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Shapes {
    shapes: Vec<Shape>,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Color {
    Red = 1,
    Green = 5,
    Blue,
}

// 0        1    2    3    4
// +--------+----+----+----+
// | type 2 | 01 | 05 | 06 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Colors {
    colors: [Color; 3],
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u16)]
#[repr(u16)]
pub(crate) enum Tag16 {
    Plain = 0x0102,
    With(u8),
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u32)]
pub(crate) enum Tag32 {
    Plain = 0x0102_0304,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u64)]
#[repr(u64)]
pub(crate) enum Tag64 {
    Plain = 0x0102_0304_0506_0708,
}

// 0        1      3          7                  15     17   18
// +--------+------+----------+------------------+------+----+
// | type 3 | 0102 | 01020304 | 0102030405060708 | 0103 | 09 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Tags {
    a: Tag16,
    b: Tag32,
    c: Tag64,
    d: Tag16,
}

// | type 4 | 0201 | 04030201 | 0807060504030201 | 0301 | 09 |  tags have the order of the message
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
#[wire(endian = little)]
pub(crate) struct TagsLittle {
    a: Tag16,
    b: Tag32,
    c: Tag64,
    d: Tag16,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u16)]
#[repr(u16)]
pub(crate) enum Code {
    Done = 1,
    Full = 500,
    #[wire(unknown)]
    Other(u16),
}

// 0        1      3      5      7
// +--------+------+------+------+
// | type 5 | 0001 | 01f4 | 0194 |  404 has no variant and is kept
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct Codes {
    pub(crate) codes: [Code; 3],
}

#[derive(Wire, Debug, PartialEq)]
#[repr(u8)]
pub(crate) enum Event {
    Tick(u32) = 1,
    #[wire(unknown)]
    Other(u8, #[wire(rest)] Vec<u8>),
}

// 0        1    2                      0        1    2
// +--------+----+----------+           +--------+----+-------
// | type 6 | 01 | 0000004d |           | type 6 | c8 | later   unknown, kept with all that follows
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct Report {
    pub(crate) event: Event,
}

const LOW: isize = 3;

/// Discriminants that the compiler computes.
#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Grade {
    Low = LOW,
    High = LOW + 10,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Level {
    #[wire(name = "lowest")]
    Low,
    #[wire(unknown)]
    Other { level: u8 },
}

// 0        1    2    3    4
// +--------+----+----+----+----+
// | type 7 | 03 | 0d | 00 | 09 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
pub(crate) struct Grades {
    grades: [Grade; 2],
    levels: [Level; 2],
}

pub(crate) const CASES: &[Case] = &[
    case!("shape", Shape, Shape::At(Point { x: 3, y: 4 }), id_len: 0),
    case!(
        "shapes",
        Shapes,
        Shapes {
            shapes: vec![
                Shape::Nothing,
                Shape::Circle(10),
                Shape::At(Point { x: 3, y: 4 }),
                Shape::Label { text: "dot".into(), size: 5 },
            ],
        }
    ),
    case!("colors", Colors, Colors { colors: [Color::Red, Color::Green, Color::Blue] }),
    case!(
        "tags",
        Tags,
        Tags { a: Tag16::Plain, b: Tag32::Plain, c: Tag64::Plain, d: Tag16::With(9) }
    ),
    case!(
        "tags_little",
        TagsLittle,
        TagsLittle { a: Tag16::Plain, b: Tag32::Plain, c: Tag64::Plain, d: Tag16::With(9) }
    ),
    case!("codes", Codes, Codes { codes: [Code::Done, Code::Full, Code::Other(404)] }),
    case!("event_known", Report, Report { event: Event::Tick(77) }),
    case!(
        "event_unknown",
        Report,
        Report { event: Event::Other(200, b"later".to_vec()) },
        end: End::Open
    ),
    case!(
        "grades",
        Grades,
        Grades {
            grades: [Grade::Low, Grade::High],
            levels: [Level::Low, Level::Other { level: 9 }]
        }
    ),
];
