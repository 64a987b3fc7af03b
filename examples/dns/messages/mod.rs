//! The messages of DNS (RFC 1035), with the records and the extensions that a resolver of today meets.
//!
//! Each layout is declared; only how a name is compressed stands in code, in [`name`].

pub(crate) mod name;

use std::net::{Ipv4Addr, Ipv6Addr};

use protocol_core::Wire;

pub(crate) use name::Name;

/// A query or a reply (RFC 1035, 4.1).
///
/// ```text
///   0        2        4       6       8       10      12
///   +--------+--------+-------+-------+-------+-------+-----------+---------+-------------+------------+
///   | id     | flags  | how many of each of the four  | questions | answers | authorities | additional |
///   +--------+--------+-------+-------+-------+-------+-----------+---------+-------------+------------+
/// ```
#[derive(Wire, Debug, Default, Clone, PartialEq)]
pub(crate) struct Message {
    /// Chosen by who asks; the reply has the same.
    pub(crate) id: u16,
    pub(crate) flags: Flags,
    #[wire(
        before(
            question_count: u16,
            answer_count: u16,
            authority_count: u16,
            additional_count: u16,
        ),
        count = question_count
    )]
    pub(crate) questions: Vec<Question>,
    #[wire(count = answer_count)]
    pub(crate) answers: Vec<Record>,
    /// Who to ask about the name, or the start of the zone that does not have it.
    #[wire(count = authority_count)]
    pub(crate) authorities: Vec<Record>,
    /// What else may be of use, and the extensions.
    #[wire(count = additional_count)]
    pub(crate) additional: Vec<Record>,
}

/// The start of a message of which the rest is of no use: who sent it is told so.
#[derive(Wire, Debug, Clone, PartialEq)]
#[wire(trailing = ignore)]
pub(crate) struct Start {
    pub(crate) id: u16,
    pub(crate) flags: Flags,
}

/// What the two bytes after the id say (RFC 1035, 4.1.1; the last two bits before the code: RFC 4035).
///
/// ```text
///   0   1               5   6   7   8   9  10  11  12              16
///   +---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+
///   | QR|    Opcode     | AA| TC| RD| RA| 0 | AD| CD|     RCODE     |
///   +---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+---+
/// ```
#[derive(Wire, Debug, Default, Clone, PartialEq)]
pub(crate) struct Flags {
    #[wire(bits = 1)]
    pub(crate) is_response: bool,
    #[wire(bits = 4)]
    pub(crate) opcode: Opcode,
    /// The answer comes from a server that knows the zone itself.
    #[wire(bits = 1)]
    pub(crate) is_authoritative: bool,
    /// The answer did not fit; ask again over TCP.
    #[wire(bits = 1)]
    pub(crate) is_truncated: bool,
    #[wire(bits = 1)]
    pub(crate) recursion_desired: bool,
    #[wire(bits = 1)]
    pub(crate) recursion_available: bool,
    #[wire(bits = 1, reserved)]
    pub(crate) zero: bool,
    /// All data was verified (RFC 4035, 3.2.3).
    #[wire(bits = 1)]
    pub(crate) is_authentic: bool,
    /// Who asks verifies for himself (RFC 4035, 3.2.2).
    #[wire(bits = 1)]
    pub(crate) checking_disabled: bool,
    #[wire(bits = 4)]
    pub(crate) code: Code,
}

/// What is asked for (RFC 1035, 4.1.1; RFC 1996; RFC 2136).
#[derive(Wire, Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    #[default]
    #[wire(tag = 0)]
    Query,
    #[wire(tag = 2)]
    Status,
    #[wire(tag = 4)]
    Notify,
    #[wire(tag = 5)]
    Update,
    #[wire(unknown)]
    Other(u8),
}

/// What became of a query (RFC 1035, 4.1.1; RFC 2136).
#[derive(Wire, Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    #[default]
    #[wire(tag = 0)]
    NoError,
    #[wire(tag = 1)]
    FormatError,
    #[wire(tag = 2)]
    ServerFailure,
    #[wire(tag = 3)]
    NameError,
    #[wire(tag = 4)]
    NotImplemented,
    #[wire(tag = 5)]
    Refused,
    #[wire(unknown)]
    Other(u8),
}

/// The types of records, and what may be asked for besides (RFC 1035, 3.2.2 and 3.2.3).
pub(crate) mod kind {
    pub(crate) const A: u16 = 1;
    pub(crate) const NS: u16 = 2;
    pub(crate) const CNAME: u16 = 5;
    pub(crate) const SOA: u16 = 6;
    pub(crate) const PTR: u16 = 12;
    pub(crate) const MX: u16 = 15;
    pub(crate) const TXT: u16 = 16;
    pub(crate) const AAAA: u16 = 28;
    pub(crate) const SRV: u16 = 33;
    pub(crate) const OPT: u16 = 41;
    pub(crate) const ANY: u16 = 255;
}

/// The classes (RFC 1035, 3.2.4 and 3.2.5).
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
#[wire(tag = u16)]
pub(crate) enum Class {
    #[wire(tag = 1)]
    Internet,
    #[wire(tag = 3)]
    Chaos,
    #[wire(tag = 4)]
    Hesiod,
    #[wire(tag = 255)]
    Any,
    #[wire(unknown)]
    Other(u16),
}

/// What is asked (RFC 1035, 4.1.2).
///
/// ```text
///   +------------------+--------+---------+
///   | name             | type   | class   |
///   +------------------+--------+---------+
/// ```
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Question {
    #[wire(with = name)]
    pub(crate) name: Name,
    pub(crate) kind: u16,
    pub(crate) class: Class,
}

/// A resource record (RFC 1035, 4.1.3). Its type tells what follows, and is written by it.
///
/// ```text
///   +------------------+--------+---------+-----------+--------+-----------
///   | name             | type   | class   | TTL       | length | data
///   +------------------+--------+---------+-----------+--------+-----------
/// ```
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Record {
    #[wire(with = name)]
    pub(crate) name: Name,
    #[wire(before(kind: u16), tag = kind)]
    pub(crate) body: Body,
}

/// What follows the type of a record, by that type.
#[derive(Wire, Debug, Clone, PartialEq)]
#[wire(tag = u16)]
pub(crate) enum Body {
    /// The address of a host (RFC 1035, 3.4.1).
    #[wire(tag = kind::A)]
    A(Resource<A>),
    /// A server that knows the zone (RFC 1035, 3.3.11).
    #[wire(tag = kind::NS)]
    Ns(Resource<Host>),
    /// The name is an alias for this one (RFC 1035, 3.3.1).
    #[wire(tag = kind::CNAME)]
    Cname(Resource<Host>),
    #[wire(tag = kind::SOA)]
    Soa(Resource<Soa>),
    /// The name that belongs to an address (RFC 1035, 3.3.12).
    #[wire(tag = kind::PTR)]
    Ptr(Resource<Host>),
    #[wire(tag = kind::MX)]
    Mx(Resource<Mx>),
    #[wire(tag = kind::TXT)]
    Txt(Resource<Txt>),
    /// The address of a host (RFC 3596, 2.2).
    #[wire(tag = kind::AAAA)]
    Aaaa(Resource<Aaaa>),
    #[wire(tag = kind::SRV)]
    Srv(Resource<Srv>),
    #[wire(tag = kind::OPT)]
    Opt(Opt),
    /// A type that is not in the list: kept as it is (RFC 3597).
    #[wire(unknown)]
    Other(u16, Resource<Kept>),
}

/// Data of a class, and for how long it may be kept.
///
/// ```text
///   +---------+------------------+--------+-----------
///   | class   | TTL              | length | data
///   +---------+------------------+--------+-----------
/// ```
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Resource<T> {
    pub(crate) class: Class,
    /// In seconds (RFC 2181, 8).
    pub(crate) ttl: u32,
    #[wire(len = u16)]
    pub(crate) data: T,
}

/// `| 4 bytes |`
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct A {
    pub(crate) address: Ipv4Addr,
}

/// `| 16 bytes |`
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Aaaa {
    pub(crate) address: Ipv6Addr,
}

/// `| name |`
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Host {
    #[wire(with = name)]
    pub(crate) name: Name,
}

/// The start of a zone (RFC 1035, 3.3.13).
///
/// ```text
///   +---------------+----------------------+--------+---------+-------+--------+---------+
///   | primary name  | name of who is in    | serial | refresh | retry | expire | minimum |
///   | server        | charge, @ as a dot   |        |         |       |        |         |
///   +---------------+----------------------+--------+---------+-------+--------+---------+
/// ```
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Soa {
    #[wire(with = name)]
    pub(crate) primary: Name,
    #[wire(with = name)]
    pub(crate) mailbox: Name,
    pub(crate) serial: u32,
    /// In seconds, as those after it.
    pub(crate) refresh: u32,
    pub(crate) retry: u32,
    pub(crate) expire: u32,
    /// For how long it may be kept that a name is not there (RFC 2308, 4).
    pub(crate) minimum: u32,
}

/// Who takes the mail of a name (RFC 1035, 3.3.9): `| preference, 2 bytes | name |`
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Mx {
    /// The lower, the sooner it is tried.
    pub(crate) preference: u16,
    #[wire(with = name)]
    pub(crate) exchange: Name,
}

/// Texts (RFC 1035, 3.3.14), as many as there are in the data; of no character set.
///
/// ```text
///   +--------+----------+--------+----------
///   | length | text     | length | text  …
///   +--------+----------+--------+----------
/// ```
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Txt {
    #[wire(rest, min = 1, item(len = u8))]
    pub(crate) texts: Vec<Vec<u8>>,
}

/// Where a service is (RFC 2782).
///
/// ```text
///   +----------+--------+-------+------------------
///   | priority | weight | port  | name
///   +----------+--------+-------+------------------
/// ```
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Srv {
    /// The lower, the sooner it is tried.
    pub(crate) priority: u16,
    /// The share of those of one priority.
    pub(crate) weight: u16,
    pub(crate) port: u16,
    #[wire(with = name)]
    pub(crate) target: Name,
}

/// Data of a type that is not known.
#[derive(Wire, Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    #[wire(rest)]
    pub(crate) bytes: Vec<u8>,
}

/// Extensions (RFC 6891, 6.1.2 and 6.1.3): no data of a name, whose class and TTL have other meanings.
///
/// ```text
///   +----------+-------+---------+----+----------------+--------+-----------
///   | payload  | code, | version | DO | 15 bits, zero  | length | options
///   | accepted | high  |         |    |                |        |
///   +----------+-------+---------+----+----------------+--------+-----------
/// ```
#[derive(Wire, Debug, Default, Clone, PartialEq)]
pub(crate) struct Opt {
    /// The longest message that is accepted over UDP.
    pub(crate) payload: u16,
    /// The upper bits of a reply's code.
    pub(crate) code_high: u8,
    pub(crate) version: u8,
    /// Signatures are asked for (RFC 3225).
    #[wire(bits = 1)]
    pub(crate) dnssec_ok: bool,
    #[wire(bits = 15)]
    pub(crate) unused: u16,
    #[wire(len = u16)]
    pub(crate) options: Vec<Extension>,
}

/// An option: `| code, 2 bytes | length, 2 bytes | data |` (RFC 6891, 6.1.2)
#[derive(Wire, Debug, Clone, PartialEq)]
#[wire(tag = u16, len = u16)]
pub(crate) enum Extension {
    /// What ties queries to a client (RFC 7873, 4): opaque to the other side.
    #[wire(tag = 10)]
    Cookie {
        client: [u8; 8],
        #[wire(rest, max = 32)]
        server: Vec<u8>,
    },
    #[wire(unknown)]
    Other(u16, Kept),
}
