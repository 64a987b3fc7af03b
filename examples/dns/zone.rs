//! A small zone, and what it answers (RFC 1034, 4.3.2).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::messages::{
    A, Aaaa, Body, Class, Code, Flags, Host, Message, Mx, Name, Opcode, Opt, Question, Record,
    Resource, Soa, Srv, Txt, kind,
};

/// For how long the records may be kept, in seconds.
const TTL: u32 = 300;
/// The longest message that is accepted over UDP.
const PAYLOAD_MAX: u16 = 1232;
/// The longest message that everybody accepts over UDP (RFC 1035, 2.3.4).
const PAYLOAD_MIN: u16 = 512;
/// BADVERS is 16, of which the extensions hold all but the four lowest bits.
const BAD_VERSION_HIGH: u8 = 1;
/// How long a chain of aliases may be.
const ALIASES_MAX: usize = 8;

/// The records of one zone, of which the first says where it starts.
pub(crate) struct Zone {
    records: Vec<Record>,
}

impl Zone {
    /// The zone `example.test`.
    ///
    /// # Errors
    /// If a name in it is none.
    pub(crate) fn example() -> Result<Zone, String> {
        let host = |name: &str| Ok::<_, String>(Host { name: name.parse()? });
        let texts = |texts: &[&str]| Txt {
            texts: texts.iter().map(|text| text.as_bytes().to_vec()).collect(),
        };
        let start = Soa {
            primary: "ns.example.test".parse()?,
            mailbox: "admin.example.test".parse()?,
            serial: 1,
            refresh: 7200,
            retry: 3600,
            expire: 1_209_600,
            minimum: TTL,
        };
        let mail = Mx { preference: 10, exchange: "mail.example.test".parse()? };
        let chat =
            Srv { priority: 10, weight: 60, port: 5222, target: "www.example.test".parse()? };
        let (v4, v6) =
            (Ipv4Addr::new(192, 0, 2, 1), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1));
        let long = texts(&["more than fits a datagram, so it is asked for again over TCP"; 40]);
        let records = [
            ("example.test", Body::Soa(resource(start))),
            ("example.test", Body::Ns(resource(host("ns.example.test")?))),
            ("example.test", Body::A(resource(A { address: v4 }))),
            ("example.test", Body::Aaaa(resource(Aaaa { address: v6 }))),
            ("example.test", Body::Mx(resource(mail))),
            ("example.test", Body::Txt(resource(texts(&["v=spf1 -all", "two texts"])))),
            ("ns.example.test", Body::A(resource(A { address: v4 }))),
            ("mail.example.test", Body::A(resource(A { address: v4 }))),
            ("www.example.test", Body::Cname(resource(host("example.test")?))),
            ("_chat._tcp.example.test", Body::Srv(resource(chat))),
            ("1.hosts.example.test", Body::Ptr(resource(host("www.example.test")?))),
            ("long.example.test", Body::Txt(resource(long))),
        ];
        let record = |(name, body): (&str, Body)| Ok(Record { name: name.parse()?, body });
        Ok(Zone { records: records.into_iter().map(record).collect::<Result<_, String>>()? })
    }

    /// The reply to a query.
    pub(crate) fn reply(&self, query: &Message) -> Message {
        let mut reply = Message {
            id: query.id,
            flags: Flags {
                is_response: true,
                opcode: query.flags.opcode,
                recursion_desired: query.flags.recursion_desired,
                ..Flags::default()
            },
            questions: query.questions.clone(),
            answers: Vec::new(),
            authorities: Vec::new(),
            additional: Vec::new(),
        };
        if let Some(asked) = extensions(query) {
            // RFC 6891, 6.1.3: version 0 is all that is known, and anything newer is refused.
            let code_high = if asked.version > 0 { BAD_VERSION_HIGH } else { 0 };
            let opt = Opt { payload: PAYLOAD_MAX, code_high, ..Opt::default() };
            reply.additional.push(Record { name: Name::default(), body: Body::Opt(opt) });
            if asked.version > 0 {
                return reply;
            }
        }
        match (query.flags.opcode, query.questions.as_slice()) {
            (Opcode::Query, [question]) => self.answer(question, &mut reply),
            (Opcode::Query, _) => reply.flags.code = Code::FormatError,
            _ => reply.flags.code = Code::NotImplemented,
        }
        reply
    }

    fn answer(&self, question: &Question, reply: &mut Message) {
        let Some(start) = self.records.first().filter(|start| {
            question.class == Class::Internet && question.name.is_within(&start.name)
        }) else {
            reply.flags.code = Code::Refused;
            return;
        };
        reply.flags.is_authoritative = true;
        let mut name = question.name.clone();
        for _ in 0..ALIASES_MAX {
            let named = || self.records.iter().filter(|record| record.name.is(&name));
            reply.answers.extend(named().filter(|it| is_wanted(it, question.kind)).map(|it| {
                // The name as it was asked for, in its upper and lower case letters.
                Record { name: name.clone(), body: it.body.clone() }
            }));
            let alias = named().find_map(|record| match &record.body {
                Body::Cname(alias) if !is_wanted(record, question.kind) => Some(alias),
                _ => None,
            });
            let Some(alias) = alias else { break };
            let body = Body::Cname(alias.clone());
            let next = alias.data.name.clone();
            reply.answers.push(Record { name: std::mem::replace(&mut name, next), body });
        }
        if !self.records.iter().any(|record| record.name.is_within(&name)) {
            reply.flags.code = Code::NameError;
        }
        if reply.answers.is_empty() {
            reply.authorities.push(start.clone());
        }
    }
}

fn resource<T>(data: T) -> Resource<T> {
    Resource { class: Class::Internet, ttl: TTL, data }
}

fn is_wanted(record: &Record, wanted: u16) -> bool {
    wanted == kind::ANY || wanted == kind_of(&record.body)
}

fn kind_of(body: &Body) -> u16 {
    match body {
        Body::A(_) => kind::A,
        Body::Ns(_) => kind::NS,
        Body::Cname(_) => kind::CNAME,
        Body::Soa(_) => kind::SOA,
        Body::Ptr(_) => kind::PTR,
        Body::Mx(_) => kind::MX,
        Body::Txt(_) => kind::TXT,
        Body::Aaaa(_) => kind::AAAA,
        Body::Srv(_) => kind::SRV,
        Body::Opt(_) => kind::OPT,
        Body::Other(kind, _) => *kind,
    }
}

/// The extensions that a message speaks of.
fn extensions(message: &Message) -> Option<&Opt> {
    message.additional.iter().find_map(|record| match &record.body {
        Body::Opt(opt) => Some(opt),
        _ => None,
    })
}

/// How long a reply to this query may be over UDP (RFC 6891, 6.2.3).
pub(crate) fn payload_max(query: &Message) -> usize {
    let accepted = extensions(query).map_or(PAYLOAD_MIN, |opt| opt.payload);
    usize::from(accepted.clamp(PAYLOAD_MIN, PAYLOAD_MAX))
}

/// What is said over UDP instead of a reply that is too long: ask again over TCP (RFC 2181, 9).
pub(crate) fn truncated(mut reply: Message) -> Message {
    reply.flags.is_truncated = true;
    reply.answers.clear();
    reply.authorities.clear();
    reply
}
