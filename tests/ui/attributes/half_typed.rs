// errors: 5
use protocol_core::{Pack, Wire};

#[derive(Wire)]
#[wire(tra)]
struct Record {
    #[wire(len = )]
    text: String,
    #[wire(le)]
    other: String,
    #[wire(item(cou))]
    lists: Vec<Vec<u8>>,
    #[wire(item(count = ))]
    more: Vec<Vec<u8>>,
}

fn used(record: &Record) -> usize {
    record.packed_len().unwrap()
}

fn main() {
    let _ = used;
}
