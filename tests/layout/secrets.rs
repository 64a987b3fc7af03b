//! Secrets: neither an explanation nor an error shows their bytes or their value.

use protocol_core::__rt::{Format, GetFields, Own, Secret};
use protocol_core::{Bounds, Fault, Message, Order, Pack, Reader, Sink, Unpack, Wire, explain};

/// A text that is secret.
#[derive(Debug, PartialEq)]
struct Password(String);

impl<'a> Wire<'a> for Password {
    const MIN: usize = String::MIN;
    const BOUNDS: Bounds = <Secret<Own<protocol_core::Big>> as Format<'a, String>>::BOUNDS;

    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        self.0.put::<O, W>(w, keep)
    }

    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Password, Fault> {
        let fields = &mut GetFields::<O>::enter(r, Self::MIN, keep)?;
        <Secret<Own<O>> as Format<'a, String>>::get_field(fields, "text").map(Password)
    }
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
struct Login {
    #[wire(len = u8)]
    user: String,
    password: Password,
    admin: bool,
}

const LOGIN: &[u8] = b"\x01\x03ann\0\0\0\x05hunt2\x01";

#[test]
fn an_explanation_hides_it() {
    assert_eq!(
        explain::<Login>(LOGIN).to_string(),
        "\
0000  01           Login.type           1
0001  03 61 6e 6e  Login.user           \"ann\"
0005  **           Login.password.text  **
000e  01           Login.admin          true
"
    );
    let debug = format!("{:?}", explain::<Login>(LOGIN));
    assert_eq!(debug, "Explanation { len: 15, error: None, .. }");
}

/// That none of the secret stands in what a user may print.
fn hides<T: for<'a> Unpack<'a> + std::fmt::Debug>(bytes: &[u8], expected: &str, table: &str) {
    let error = T::unpack(bytes).expect_err("they are wrong");
    assert_eq!(error.to_string(), expected);
    let explanation = explain::<T>(bytes);
    assert_eq!(explanation.error(), Some(&error));
    assert_eq!(explanation.to_string(), table);
    let debug = format!("{error:?} {explanation:?}");
    // The bytes of the password in decimal, as `Debug` prints them.
    assert!(!debug.contains("104") && !debug.contains("117"), "{debug}");
}

#[test]
fn an_error_after_it_hides_it() {
    hides::<Login>(
        b"\x01\x03ann\0\0\0\x05hunt2\x07",
        "Login.admin at byte 14: 0x07 is neither 0 nor 1 (after **, at **)",
        "\
0000  01           Login.type           1
0001  03 61 6e 6e  Login.user           \"ann\"
0005  **           Login.password.text  **
000e  **           Login.admin          error: 0x07 is neither 0 nor 1
",
    );
}

#[test]
fn an_error_before_it_hides_it() {
    hides::<Login>(
        b"\x01\x03a\xffn\0\0\0\x05hunt2\x01",
        "Login.user at byte 3: the text is not UTF-8 after 1 byte (after 01 03 61, at **)",
        "\
0000  01  Login.type  1
0001  03  Login.user  3
0002  61  Login.user
0003  **  Login.user  error: the text is not UTF-8 after 1 byte
",
    );
    hides::<Login>(
        b"\x02\x03ann\0\0\0\x05hunt2\x01",
        "Login at byte 0: message type 2 where 1 is expected (at **)",
        "\
0000  **  Login.type  2
0000  **  Login       error: message type 2 where 1 is expected
",
    );
}

#[test]
fn an_error_inside_it_hides_it() {
    hides::<Login>(
        b"\x01\x03ann\0\0\0\x09hunt2\x07",
        "Login.password.text at byte 9: 4 more bytes needed (after 03 61 6e 6e **, at **)",
        "\
0000  01           Login.type           1
0001  03 61 6e 6e  Login.user           \"ann\"
0005  **           Login.password.text  **
0009  **           Login.password.text  error: 4 more bytes needed
",
    );
}

#[test]
fn the_number_of_an_error_inside_it_is_hidden() {
    #[derive(Debug)]
    struct Flag;
    impl<'a> Wire<'a> for Flag {
        const MIN: usize = 1;
        const BOUNDS: Bounds = Bounds::exactly(1).secret();

        fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
            true.put::<O, W>(w, keep)
        }

        fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Flag, Fault> {
            r.traced_secret(protocol_core::Step::Field("flag"), |r| bool::get::<O>(r, keep))?;
            Ok(Flag)
        }
    }
    #[derive(Message, Debug)]
    #[msg_type = 1]
    struct Flags {
        flags: [Flag; 2],
    }
    assert_eq!(Flags { flags: [Flag, Flag] }.pack().unwrap(), [1, 1, 1]);
    hides::<Flags>(
        b"\x01\x01\x75",
        "Flags.flags[1].flag at byte 2: the secret has a wrong value (after 01 **, at **)",
        "\
0000  01  Flags.type           1
0001  **  Flags.flags[0].flag  **
0002  **  Flags.flags[1].flag  **
0002  **  Flags.flags[1].flag  error: the secret has a wrong value
",
    );
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
struct Shared {
    #[wire(bits = 6)]
    high: u8,
    #[wire(bits = 2)]
    low: u8,
    next: bool,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
struct Flagged {
    #[wire(bits = 6)]
    high: u8,
    #[wire(bits = 2, secret)]
    low: u8,
    next: bool,
}

#[test]
fn bits_share_their_byte() {
    assert_eq!(
        explain::<Shared>(b"\x02\x0d\x01").to_string(),
        "\
0000  02  Shared.type  2
0001  0d  Shared.high  3
0001  0d  Shared.low   1
0002  01  Shared.next  true
"
    );
    // Whoever sees the byte sees the secret in it.
    assert_eq!(
        explain::<Flagged>(b"\x02\x8d\x01").to_string(),
        "\
0000  02  Flagged.type  2
0001  **  Flagged.high  35
0001  **  Flagged.low   **
0002  01  Flagged.next  true
"
    );
}
