// errors: 1
use protocol_core::net::Split;

struct Pipe;

fn in_two_threads<S: Split>(_: S) {}

fn main() {
    in_two_threads(Pipe);
}
