//! Messages as text, as in zone files (RFC 1035, 5.1) and as other programs print them.

use std::fmt;

use crate::messages::{Body, Class, Code, Extension, Message, Record, Resource, kind};

const KINDS: [(u16, &str); 11] = [
    (kind::A, "A"),
    (kind::NS, "NS"),
    (kind::CNAME, "CNAME"),
    (kind::SOA, "SOA"),
    (kind::PTR, "PTR"),
    (kind::MX, "MX"),
    (kind::TXT, "TXT"),
    (kind::AAAA, "AAAA"),
    (kind::SRV, "SRV"),
    (kind::OPT, "OPT"),
    (kind::ANY, "ANY"),
];

/// The type of this name, or of this number as in `TYPE257` (RFC 3597, 5).
pub(crate) fn kind_named(text: &str) -> Result<u16, String> {
    let text = text.to_ascii_uppercase();
    let known = KINDS.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind);
    let number = || text.strip_prefix("TYPE").and_then(|number| number.parse().ok());
    known.or_else(number).ok_or_else(|| format!("{text} is no type of a record"))
}

/// `TXT`, or `TYPE257`.
struct Kind(u16);

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match KINDS.iter().find(|(kind, _)| *kind == self.0) {
            Some((_, name)) => f.write_str(name),
            None => write!(f, "TYPE{}", self.0),
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Class::Internet => f.write_str("IN"),
            Class::Chaos => f.write_str("CH"),
            Class::Hesiod => f.write_str("HS"),
            Class::Any => f.write_str("ANY"),
            Class::Other(number) => write!(f, "CLASS{number}"),
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Code::NoError => f.write_str("NOERROR"),
            Code::FormatError => f.write_str("FORMERR"),
            Code::ServerFailure => f.write_str("SERVFAIL"),
            Code::NameError => f.write_str("NXDOMAIN"),
            Code::NotImplemented => f.write_str("NOTIMP"),
            Code::Refused => f.write_str("REFUSED"),
            Code::Other(number) => write!(f, "RCODE{number}"),
        }
    }
}

/// The status, then each record on a line of its own.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "; status {}", self.flags.code)?;
        for question in &self.questions {
            writeln!(f, "; {} {} {}?", question.name, question.class, Kind(question.kind))?;
        }
        let sections =
            [(&self.answers, ""), (&self.authorities, "; authority"), (&self.additional, "; more")];
        for (records, title) in sections {
            if !records.is_empty() && !title.is_empty() {
                writeln!(f, "{title}")?;
            }
            records.iter().try_for_each(|record| writeln!(f, "{record}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.body {
            Body::A(it) => write!(f, "{name} {} {}", head(it, kind::A), it.data.address),
            Body::Aaaa(it) => write!(f, "{name} {} {}", head(it, kind::AAAA), it.data.address),
            Body::Ns(it) => write!(f, "{name} {} {}", head(it, kind::NS), it.data.name),
            Body::Cname(it) => write!(f, "{name} {} {}", head(it, kind::CNAME), it.data.name),
            Body::Ptr(it) => write!(f, "{name} {} {}", head(it, kind::PTR), it.data.name),
            Body::Soa(it) => {
                let soa = &it.data;
                write!(f, "{name} {} ", head(it, kind::SOA))?;
                write!(f, "{} {} {} ", soa.primary, soa.mailbox, soa.serial)?;
                write!(f, "{} {} {} {}", soa.refresh, soa.retry, soa.expire, soa.minimum)
            }
            Body::Mx(it) => {
                let mx = &it.data;
                write!(f, "{name} {} {} {}", head(it, kind::MX), mx.preference, mx.exchange)
            }
            Body::Srv(it) => {
                let srv = &it.data;
                write!(f, "{name} {} ", head(it, kind::SRV))?;
                write!(f, "{} {} {} {}", srv.priority, srv.weight, srv.port, srv.target)
            }
            Body::Txt(it) => {
                write!(f, "{name} {}", head(it, kind::TXT))?;
                it.data.texts.iter().try_for_each(|text| write!(f, " \"{}\"", text.escape_ascii()))
            }
            Body::Opt(opt) => {
                write!(f, "; EDNS version {}, payload {}", opt.version, opt.payload)?;
                opt.options.iter().try_for_each(|option| write!(f, ", {option}"))
            }
            Body::Other(kind, it) => {
                let bytes = &it.data.bytes;
                write!(f, "{name} {} \\# {} ", head(it, *kind), bytes.len())?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    }
}

/// What stands between the name of a record and its data.
fn head<T>(resource: &Resource<T>, kind: u16) -> String {
    format!("{} {} {}", resource.ttl, resource.class, Kind(kind))
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Extension::Cookie { .. } => f.write_str("a cookie"),
            Extension::Other(code, kept) => write!(f, "option {code}, {} bytes", kept.bytes.len()),
        }
    }
}
