//! The two measured structs and their values, the same in every run.

use wincode::{SchemaRead, SchemaWrite};

/// Twelve octets and letters by a small generator of fixed seed.
pub struct Seed(u64);
impl Seed {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn text(&mut self, min: u64, max: u64) -> String {
        let n = min + self.next() % (max - min + 1);
        (0..n)
            .map(|_| char::from(b'a' + (self.next() % 26) as u8))
            .collect()
    }
}

macro_rules! log { ($name:ident $(<$lt:lifetime>)?, $text:ty, $($derive:tt)*) => {
    $($derive)*
    #[derive(Debug, Clone, PartialEq)]
    pub struct $name $(<$lt>)? {
        pub a: u8, pub b: u8, pub c: u8, pub d: u8,
        pub identity: $text, pub userid: $text, pub date: $text, pub request: $text,
        pub code: u16, pub size: u64,
    }
}}
log!(Log, String, #[derive(SchemaRead, SchemaWrite)]);
log!(LogRef<'a>, &'a str, #[derive(SchemaRead, SchemaWrite)]);

#[derive(Debug, Clone, PartialEq, SchemaRead, SchemaWrite)]
pub struct Logs {
    pub logs: Vec<Log>,
}
#[derive(Debug, Clone, PartialEq, SchemaRead, SchemaWrite)]
pub struct LogsRef<'a> {
    pub logs: Vec<LogRef<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, SchemaRead, SchemaWrite)]
pub struct Small {
    pub a: u32,
    pub b: u16,
    pub c: u64,
}

pub fn logs(n: usize) -> Logs {
    let mut s = Seed(0x9e37_79b9_7f4a_7c15);
    let users = ["-", "alice", "bob", "CrimsonViper"];
    let codes = [200, 301, 403, 404, 500];
    let logs = (0..n)
        .map(|_| {
            let r = s.next();
            let ab = r.to_le_bytes();
            Log {
                a: ab[0],
                b: ab[1],
                c: ab[2],
                d: ab[3],
                identity: "-".into(),
                userid: users[(s.next() % 4) as usize].into(),
                date: format!(
                    "{:02}/Oct/2025:{:02}:{:02}:{:02} +0000",
                    1 + s.next() % 28,
                    s.next() % 24,
                    s.next() % 60,
                    s.next() % 60
                ),
                request: format!("GET /{}/{}.html HTTP/1.1", s.text(3, 12), s.text(4, 30)),
                code: codes[(s.next() % 5) as usize],
                size: s.next() % 100_000_000,
            }
        })
        .collect();
    Logs { logs }
}
