//! The measured structs and their values, the same in every run.
//!
//! `Log` and `Mesh` have the shapes of the public Rust serialization benchmark, `Small` is 14 bytes.

use protocol_core::Wire;
use wincode::{SchemaRead, SchemaWrite};

/// Declares the same structs in one byte order.
macro_rules! structs {
    ($order:ident, $(#[$attribute:meta])*) => {
        /// A line of a web server's log.
        #[derive(Wire, Debug, Clone, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct Log {
            pub(crate) address: [u8; 4],
            pub(crate) identity: String,
            pub(crate) user: String,
            pub(crate) date: String,
            pub(crate) request: String,
            pub(crate) code: u16,
            pub(crate) size: u64,
        }

        /// The same, its text borrowed from the received bytes.
        #[derive(Wire, Debug, Clone, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct LogRef<'a> {
            pub(crate) address: [u8; 4],
            pub(crate) identity: &'a str,
            pub(crate) user: &'a str,
            pub(crate) date: &'a str,
            pub(crate) request: &'a str,
            pub(crate) code: u16,
            pub(crate) size: u64,
        }

        #[derive(Wire, Debug, Clone, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct Logs {
            pub(crate) logs: Vec<Log>,
        }

        #[derive(Wire, Debug, Clone, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct LogsRef<'a> {
            pub(crate) logs: Vec<LogRef<'a>>,
        }

        /// A fixed message of 14 bytes.
        #[derive(Wire, Debug, Clone, Copy, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct Small {
            pub(crate) a: u32,
            pub(crate) b: u16,
            pub(crate) c: u64,
        }

        #[derive(Wire, Debug, Clone, Copy, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct Point {
            pub(crate) x: f32,
            pub(crate) y: f32,
            pub(crate) z: f32,
        }

        /// A triangle and its normal: twelve floats.
        #[derive(Wire, Debug, Clone, Copy, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct Triangle {
            pub(crate) corners: [Point; 3],
            pub(crate) normal: Point,
        }

        #[derive(Wire, Debug, Clone, PartialEq)]
        $(#[$attribute])*
        #[wire(endian = $order)]
        pub(crate) struct Mesh {
            pub(crate) triangles: Vec<Triangle>,
        }

        /// Ten thousand lines.
        pub(crate) fn logs() -> Logs {
            let mut seed = super::Seed::new();
            Logs {
                logs: (0..super::LOGS)
                    .map(|_| Log {
                        address: seed.octets(),
                        identity: "-".into(),
                        user: seed.pick(&["-", "alice", "bob", "CrimsonViper"]).to_string(),
                        date: seed.date(),
                        request: seed.request(),
                        code: *seed.pick(&[200, 301, 403, 404, 500]),
                        size: seed.next() % 100_000_000,
                    })
                    .collect(),
            }
        }

        /// A thousand small messages.
        pub(crate) fn smalls() -> Vec<Small> {
            let mut seed = super::Seed::new();
            (0..super::SMALLS)
                .map(|_| Small { a: seed.word(), b: *seed.pick(&[1, 77, 0xffff]), c: seed.next() })
                .collect()
        }

        /// 60 KB of triangles.
        pub(crate) fn mesh() -> Mesh {
            let mut seed = super::Seed::new();
            let mut point =
                || Point { x: seed.float(), y: seed.float(), z: seed.float() };
            let triangles = (0..super::TRIANGLES)
                .map(|_| Triangle { corners: [point(), point(), point()], normal: point() })
                .collect();
            Mesh { triangles }
        }
    };
}

/// How many lines, small messages and triangles there are.
pub(crate) const LOGS: usize = 10_000;
pub(crate) const SMALLS: usize = 1_000;
pub(crate) const TRIANGLES: usize = 1_250;

/// Little-endian, for us and for wincode.
pub(crate) mod le {
    use super::{SchemaRead, SchemaWrite, Wire};
    structs!(little, #[derive(SchemaRead, SchemaWrite)]);
}

/// Big-endian, which wincode does not have.
pub(crate) mod be {
    use super::Wire;
    structs!(big,);
}

/// A generator of a fixed seed (xorshift).
struct Seed(u64);

impl Seed {
    fn new() -> Seed {
        Seed(0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn word(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }

    fn float(&mut self) -> f32 {
        self.word() as f32 / 1e6
    }

    fn octets(&mut self) -> [u8; 4] {
        self.word().to_ne_bytes()
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    fn letters(&mut self, least: u64, most: u64) -> String {
        let len = least + self.below(most - least + 1);
        (0..len).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }

    fn date(&mut self) -> String {
        let (day, hour) = (1 + self.below(28), self.below(24));
        let (minute, second) = (self.below(60), self.below(60));
        format!("{day:02}/Oct/2025:{hour:02}:{minute:02}:{second:02} +0000")
    }

    fn request(&mut self) -> String {
        format!("GET /{}/{}.html HTTP/1.1", self.letters(3, 12), self.letters(4, 30))
    }
}
