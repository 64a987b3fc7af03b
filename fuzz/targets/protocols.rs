//! The protocols of the examples: what unpacks packs, and unpacks to itself again.
#![no_main]
#![expect(dead_code, reason = "the examples do more with these")]

#[path = "../../examples/dns/messages/mod.rs"]
mod dns;
#[path = "../../examples/memcached/messages/mod.rs"]
mod memcached;
#[path = "../../examples/mqtt/packets/mod.rs"]
mod mqtt;
#[path = "../../examples/postgres/messages/mod.rs"]
mod postgres;

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use protocol_core::Unpack;

fn try_out<T: for<'a> Unpack<'a> + PartialEq + Debug>(input: &[u8]) {
    match T::unpack(input) {
        Ok(value) => {
            let packed = value.pack().expect("what was unpacked packs");
            // A number that is none is not equal to itself.
            assert_eq!(format!("{:?}", T::unpack(&packed)), format!("{:?}", Ok::<_, ()>(value)));
        }
        Err(error) => drop(error.to_string()),
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((protocol, input)) = data.split_first() else { return };
    match protocol % 6 {
        0 => try_out::<dns::Message>(input),
        1 => try_out::<mqtt::Packet>(input),
        2 => try_out::<postgres::Backend>(input),
        3 => try_out::<memcached::Request>(input),
        4 => try_out::<memcached::Response>(input),
        _ => try_out::<postgres::Startup>(input),
    }
});
