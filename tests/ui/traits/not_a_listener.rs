// errors: 2
use protocol_core::net::{blocking, tokio};

struct Pipe;

fn serve<L: blocking::Listener>(_listener: L) {}

fn serve_async<L: tokio::Listener>(_listener: L) {}

fn main() {
    serve(Pipe);
    serve_async(Pipe);
}
