// errors: 1
use protocol_core::Update;

struct Name(String);

fn main() {
    let _ = Update::update(&mut Name(String::new()));
}
