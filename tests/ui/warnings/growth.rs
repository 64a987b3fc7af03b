// errors: 4
#![deny(deprecated)]

use protocol_core::{Message, Wire};

type Points = Vec<Point>;

#[derive(Wire)]
pub struct Point {
    pub x: u8,
}

#[derive(Wire)]
pub enum Kind {
    A,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(warn(growth))]
pub struct Path<'a> {
    pub points: Vec<Point>,
    pub behind_an_alias: Points,
    #[wire(item(len = u8))]
    pub can_grow: Vec<Point>,
    pub kinds: Vec<Kind>,
    pub numbers: Vec<u16>,
    pub texts: Vec<&'a str>,
    #[wire(rest)]
    pub last: Vec<Point>,
}

fn main() {}
