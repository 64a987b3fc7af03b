//! The memory budget: lists whose elements are larger in memory than on the wire are stopped by it,
//! before they take the memory.

use std::collections::BTreeMap;

use protocol_core::{Limits, Message, Unpack, UnpackErrorKind, Wire};

use crate::heap;

/// One byte on the wire, 1025 in memory.
type Sparse = Option<[u8; 1024]>;

#[derive(Message, Debug)]
#[msg_type = 1]
struct Counted {
    rows: Vec<Sparse>,
}

#[derive(Message, Debug)]
#[msg_type = 2]
struct ToEnd {
    #[wire(rest)]
    rows: Vec<Sparse>,
}

#[derive(Message, Debug)]
#[msg_type = 3]
struct Map {
    rows: BTreeMap<u32, Sparse>,
}

#[derive(Message, Debug)]
#[msg_type = 4]
struct MapToEnd {
    #[wire(rest)]
    rows: BTreeMap<u32, Sparse>,
}

#[derive(Wire, Debug)]
struct Row {
    cells: Vec<Sparse>,
}

#[derive(Message, Debug)]
#[msg_type = 5]
struct Nested {
    rows: Vec<Row>,
}

#[derive(Message, Debug)]
#[msg_type = 6]
struct Boxed {
    #[wire(count = u32)]
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    rows: Box<Vec<Option<Box<Sparse>>>>,
}

const BUDGET: usize = 16 * 1024 * 1024;

/// How many rows the default budget holds.
const ROWS_MAX: usize = BUDGET / size_of::<Sparse>();

fn counted(rows: usize) -> Vec<u8> {
    let count = u32::try_from(rows).expect("a count of 32 bits").to_be_bytes();
    [&[1][..], &count, &vec![0; rows]].concat()
}

/// Asserts that the bytes are refused for their memory, without having taken more than the budget.
fn stopped<'a, T: Unpack<'a>>(bytes: &'a [u8]) -> String {
    let (result, held) = heap::peak(|| T::unpack(bytes));
    let Err(error) = result else {
        panic!("{} bytes were unpacked", bytes.len());
    };
    assert!(matches!(error.kind(), UnpackErrorKind::Memory { .. }), "{error}");
    assert!(held <= BUDGET + 4096, "{held} bytes of heap");
    error.to_string()
}

#[test]
fn a_counted_list() {
    assert_eq!(size_of::<Sparse>(), 1025);
    let bytes = counted(ROWS_MAX);
    let (rows, held) = heap::peak(|| Counted::unpack(&bytes).map(|message| message.rows.len()));
    assert_eq!(rows, Ok(ROWS_MAX));
    assert!(held <= BUDGET, "{held} bytes of heap");

    let bytes = counted(ROWS_MAX + 1);
    let (result, held) = heap::peak(|| Counted::unpack(&bytes).map(drop));
    assert_eq!(
        result.unwrap_err().to_string(),
        "Counted.rows at byte 5: 16778225 bytes of memory are above what is left of the budget of \
         16777216 (after 01 00 00 3f f1, at 00 00 00 00 00 00 00 00)"
    );
    assert!(held <= 4096, "{held} bytes of heap for nothing");
}

#[test]
fn lists_without_a_count() {
    let mut bytes = vec![0; 100_000];
    bytes[0] = 2;
    assert!(stopped::<ToEnd>(&bytes).starts_with("ToEnd.rows at byte "));
    // Whatever the size of an element: where the list grows, it is held twice.
    macro_rules! sizes {
        ($($size:literal)*) => {$({
            #[derive(Message, Debug)]
            #[msg_type = 2]
            struct Rows {
                #[wire(rest)]
                rows: Vec<Option<[u8; $size]>>,
            }
            stopped::<Rows>(&bytes);
        })*};
    }
    sizes!(500 700 999 1500 5000);
}

#[test]
fn maps() {
    let entries = |count: u32| (0..count).flat_map(|key| [&key.to_be_bytes()[..], &[0]].concat());
    let mut bytes = [&[3][..], &40_000_u32.to_be_bytes()].concat();
    bytes.extend(entries(40_000));
    assert!(stopped::<Map>(&bytes).starts_with("Map.rows at byte 5: "));

    let mut bytes = vec![4];
    bytes.extend(entries(40_000));
    assert!(stopped::<MapToEnd>(&bytes).starts_with("MapToEnd.rows"));

    // As many as the budget holds do not take more than it.
    let mut bytes = [&[3][..], &5_000_u32.to_be_bytes()].concat();
    bytes.extend(entries(5_000));
    let (rows, held) = heap::peak(|| Map::unpack(&bytes).map(|message| message.rows.len()));
    assert_eq!(rows, Ok(5_000));
    assert!(held <= BUDGET, "{held} bytes of heap");
}

/// The budget is that of the whole message, not of one list.
#[test]
fn lists_of_lists() {
    let row = [&4_000_u32.to_be_bytes()[..], &[0; 4_000]].concat();
    let bytes = |rows: u32| {
        let count = rows.to_be_bytes();
        [&[5][..], &count, &row.repeat(rows as usize)].concat()
    };
    let four = bytes(4);
    assert_eq!(Nested::unpack(&four).map(|message| message.rows[3].cells.len()), Ok(4_000));
    let five = bytes(5);
    assert!(stopped::<Nested>(&five).starts_with("Nested.rows[4].cells at byte 16025: "));
}

#[test]
fn boxes() {
    let mut bytes = [&[6][..], &20_000_u32.to_be_bytes()].concat();
    bytes.extend([1, 0].repeat(20_000));
    assert!(stopped::<Boxed>(&bytes).starts_with("Boxed.rows["));
}

#[test]
fn a_budget_of_the_caller() {
    let rows = |count: usize, memory: u64| {
        let limits = Limits { memory, ..Limits::DEFAULT };
        Counted::unpack_within(&counted(count), &limits).is_ok()
    };
    assert!(rows(10, 10_250));
    assert!(!rows(10, 10_249));
    assert!(rows(0, 0));
    assert!(rows(2 * ROWS_MAX, 2 * BUDGET as u64));
}
