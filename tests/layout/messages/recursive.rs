//! Messages that nest in themselves: lists, boxes, enums, and a circle of two types.

use protocol_core::{Message, Wire};

use crate::case::{Case, case};

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: u8,
    pub(crate) children: Vec<Node>,
}

// 0        1    2          6    7          11   12         16   17
// +--------+----+----------+----+----------+----+----------+----+----------+
// | type 1 | 01 | 00000002 | 02 | 00000000 | 03 | 00000001 | 04 | 00000000 |
// |        | 1, two children                                               |
// |                        | 2, none       | 3, one child  | 4, none       |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Tree {
    pub(crate) root: Node,
}

// 0        1      3    4      6    7      9
// +--------+------+----+------+----+------+----+
// | type 2 | 0001 | 01 | 0002 | 01 | 0003 | 00 |  inside itself without its number
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Chain {
    pub(crate) value: u16,
    pub(crate) next: Option<Box<Chain>>,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Expression {
    Number(i32),
    Sum(Box<Expression>, Box<Expression>),
    Negative(Box<Expression>),
}

// 0        1    2    3          7    8    9
// +--------+----+----+----------+----+----+----------+
// | type 3 | 01 | 00 | 00000014 | 02 | 00 | ffffffea |
// |        |sum | number 20     |neg | number -22    |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Formula {
    pub(crate) expression: Expression,
}

/// One of a circle of two types: it counts for both.
#[derive(Wire, Debug, PartialEq)]
#[wire(depth = 3)]
pub(crate) struct Ring {
    pub(crate) id: u8,
    pub(crate) link: Option<Box<Link>>,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) ring: Option<Ring>,
}

// 0        1    2    3    4    5    6    7
// +--------+----+----+----+----+----+----+
// | type 4 | 01 | 05 | 01 | 01 | 06 | 00 |
// |        |ring|id  |link|ring|id  |none|
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct Circle {
    pub(crate) ring: Option<Ring>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "tree",
        Tree,
        Tree {
            root: Node {
                value: 1,
                children: vec![
                    Node { value: 2, children: vec![] },
                    Node { value: 3, children: vec![Node { value: 4, children: vec![] }] },
                ],
            },
        }
    ),
    case!(
        "chain",
        Chain,
        Chain {
            value: 1,
            next: Some(Box::new(Chain {
                value: 2,
                next: Some(Box::new(Chain { value: 3, next: None })),
            })),
        }
    ),
    case!(
        "sum",
        Formula,
        Formula {
            expression: Expression::Sum(
                Box::new(Expression::Number(20)),
                Box::new(Expression::Negative(Box::new(Expression::Number(-22)))),
            ),
        }
    ),
    case!(
        "circle",
        Circle,
        Circle {
            ring: Some(Ring {
                id: 5,
                link: Some(Box::new(Link { ring: Some(Ring { id: 6, link: None }) })),
            }),
        }
    ),
];
