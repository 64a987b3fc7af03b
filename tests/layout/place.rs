//! What hand-written layouts may ask for: their place in the message, its bytes, and its version.

use std::cell::Cell;
use std::rc::Rc;

use protocol_core::{
    Bounds, Fault, Message, Order, Pack, Reader, Sink, Unpack, UnpackErrorKind, Wire,
};

/// Its place in the message as a byte, then the first byte of the message, then the version's last
/// byte; refused if one of them is not what it would be.
#[derive(Debug, PartialEq)]
struct Place;

impl<'a> Wire<'a> for Place {
    const MIN: usize = 3;
    const BOUNDS: Bounds = Bounds::unbounded(0);

    fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
        let place = u8::try_from(w.position()).map_err(|_| w.refuse("too far away"))?;
        if w.version() == 13 {
            return Err(w.refuse("version 13 brings bad luck"));
        }
        let [.., version] = w.version().to_be_bytes();
        w.put([place, 9, version])
    }

    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        let (place, first, version) = (r.position(), r.message().first().copied(), r.version());
        let [.., version] = version.to_be_bytes();
        let [read_place, read_first, read_version] = r.take()?;
        if r.left() < keep || usize::from(read_place) != place || Some(read_first) != first {
            return Err(r.refuse("another place"));
        }
        if read_version != version {
            return Err(r.refuse("another version"));
        }
        Ok(Place)
    }
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 9]
struct Places {
    first: Place,
    #[wire(len = u8)]
    text: String,
    list: Vec<Place>,
}

fn places() -> Places {
    Places { first: Place, text: "ab".into(), list: vec![Place, Place] }
}

const PLACES: &[u8] = b"\x09\x01\x09\xff\x02ab\0\0\0\x02\x0b\x09\xff\x0e\x09\xff";

#[test]
fn a_value_knows_its_place() {
    let places = places();
    assert_eq!(places.pack().unwrap(), PLACES);
    assert_eq!(Places::unpack(PLACES).unwrap(), places);
    let mut bytes = b"what was there before does not count".to_vec();
    let before = bytes.len();
    places.pack_into(&mut bytes).unwrap();
    assert_eq!(&bytes[before..], PLACES);
    let mut slice = [0; 40];
    let len = places.pack_slice(&mut slice).unwrap();
    assert_eq!(&slice[..len], PLACES);
    assert_eq!(Places::unpack(&bytes[before..]).unwrap(), places);
}

#[test]
fn a_value_knows_its_version() {
    let old = places().pack_version(4).unwrap();
    let expected: Vec<u8> =
        PLACES.iter().map(|byte| if *byte == 0xff { 4 } else { *byte }).collect();
    assert_eq!(old, expected);
    assert_eq!(Places::unpack_version(&old, 4).unwrap(), places());
    let error = Places::unpack_version(&old, 5).unwrap_err();
    let expected =
        "Places.first at byte 4: another version (after 09 01 09 04, at 02 61 62 00 00 00 02 0b)";
    assert_eq!(error.to_string(), expected);
    let error = places().pack_version(13).unwrap_err();
    assert_eq!(error.to_string(), "Places.first: version 13 brings bad luck");
}

type Asking = Box<dyn Fn(&mut Reader<'_, '_>) -> Result<(), Fault>>;

thread_local! {
    static ASKING: Cell<Option<Asking>> = const { Cell::new(None) };
}

/// A `with` module that asks the cursor what the test wants to know.
mod asks {
    use super::{ASKING, Fault, Reader, Sink};
    pub(super) fn pack<W: Sink>((): &(), w: &mut W) -> Result<(), Fault> {
        w.put([1, 2, 3])
    }
    pub(super) fn unpack(r: &mut Reader<'_, '_>) -> Result<(), Fault> {
        let asking = ASKING.take().expect("set before");
        let result = asking(r);
        ASKING.set(Some(asking));
        result?;
        r.bytes(r.left()).map(|_| ())
    }
}

#[derive(Wire)]
struct Whole {
    #[wire(with = asks)]
    asks: (),
}

/// Runs `ask` where a cursor belongs to a message: the three bytes 1, 2 and 3.
fn within<T: 'static>(
    ask: fn(&mut Reader<'_, '_>) -> Result<T, Fault>,
) -> Result<T, UnpackErrorKind> {
    let found = Rc::new(Cell::new(None));
    let kept = Rc::clone(&found);
    ASKING.set(Some(Box::new(move |r| ask(r).map(|value| kept.set(Some(value))))));
    match Whole::unpack(&[1, 2, 3]) {
        Ok(Whole { asks: () }) => Ok(found.take().expect("it was asked")),
        Err(error) => Err(error.kind()),
    }
}

#[test]
fn a_group_is_left_exactly_at_its_end() {
    assert_eq!(within(|r| r.group(2, |r| r.take::<2>())), Ok([1, 2]));
    assert_eq!(within(|r| r.group(0, |_| Ok(7))), Ok(7));
    let missing = UnpackErrorKind::GroupTooShort { missing: 1 };
    assert_eq!(within(|r| r.group(1, |r| r.take::<2>())), Err(missing));
    let extra = UnpackErrorKind::GroupTooLong { extra: 1 };
    assert_eq!(within(|r| r.group(2, |r| r.take::<1>())), Err(extra));
    let outside = UnpackErrorKind::TooShort { missing: 1 };
    assert_eq!(within(|r| r.group(4, |r| r.take::<1>())), Err(outside));
    assert_eq!(
        within(|r| r.group(usize::MAX, |r| r.take::<1>()).map(|_| ())).map_err(|_| ()),
        Err(())
    );
    let inner = UnpackErrorKind::GroupTooShort { missing: 1 };
    assert_eq!(within(|r| r.group(2, |r| r.group(3, |r| r.take::<1>()))), Err(inner));
}

#[test]
fn a_cursor_knows_what_it_took() {
    let asked = within(|r| {
        let [_] = r.take()?;
        let mark = r.mark();
        let mut inside = r.sub(1)?;
        let [_] = inside.take()?;
        Ok((r.since(mark).to_vec(), inside.position(), inside.message().to_vec()))
    });
    assert_eq!(asked, Ok((vec![2], 2, vec![1, 2, 3])));
    let mut alone = Reader::new(&[1, 2, 3]);
    assert_eq!(alone.take::<1>(), Ok([1]));
    assert_eq!((alone.position(), alone.message(), alone.version()), (0, &[2, 3][..], u32::MAX));
}
