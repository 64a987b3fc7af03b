// errors: 2
use protocol_core::{HasHeader, Message, UnpackBehind};

#[derive(Message)]
#[msg_type = 1]
struct Login;

fn behind<M: HasHeader>() {}

fn unpacked<M: for<'a> UnpackBehind<'a>>() {}

fn main() {
    behind::<Login>();
    unpacked::<Login>();
}
