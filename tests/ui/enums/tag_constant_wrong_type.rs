// errors: 1
use protocol_core::Wire;

const LETTER: char = 'A';

#[derive(Wire)]
enum Kind {
    #[wire(tag = LETTER)]
    A,
}

fn main() {}
