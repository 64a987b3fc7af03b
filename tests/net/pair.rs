//! The pair in memory behaves as a TCP connection does.

use std::io::{ErrorKind, Read, Write};
use std::thread;
use std::time::Duration;

use protocol_core::net::{Split, Stream, mem};

const SHORT: Duration = Duration::from_millis(50);

#[test]
fn a_full_buffer_takes_what_fits_and_then_blocks() {
    let (mut here, mut there) = mem::pair_of(4);
    here.write_within(Some(SHORT)).expect("set");
    assert_eq!(here.write(b"hello").expect("four fit"), 4);
    assert_eq!(here.write(b"o").expect_err("full").kind(), ErrorKind::WouldBlock);
    let mut bytes = [0; 2];
    assert_eq!(there.read(&mut bytes).expect("two"), 2);
    assert_eq!(here.write(b"o, you").expect("two fit"), 2);
}

#[test]
fn a_reader_waits_for_a_writer() {
    let (mut here, mut there) = mem::pair();
    let reading = thread::spawn(move || {
        let mut bytes = [0; 8];
        let count = there.read(&mut bytes).expect("bytes come");
        bytes[..count].to_vec()
    });
    thread::sleep(SHORT);
    here.write_all(b"hello").expect("written");
    assert_eq!(reading.join().expect("no panic"), b"hello");
}

#[test]
fn an_end_comes_after_the_last_byte() {
    let (mut here, mut there) = mem::pair();
    here.write_all(b"bye").expect("written");
    here.end_writing().expect("ended");
    assert_eq!(here.write(b"more").expect_err("ended").kind(), ErrorKind::BrokenPipe);
    let mut bytes = [0; 8];
    assert_eq!(there.read(&mut bytes).expect("the last bytes"), 3);
    assert_eq!(there.read(&mut bytes).expect("the end"), 0);
    there.write_all(b"the other way is open").expect("written");
    drop(there);
    assert_eq!(here.read(&mut bytes).expect("bytes"), 8);
}

#[test]
fn writing_to_a_dropped_end_is_an_error() {
    let (mut here, there) = mem::pair();
    drop(there);
    assert_eq!(here.write(b"hello").expect_err("nobody reads").kind(), ErrorKind::BrokenPipe);
}

#[test]
fn a_split_end_closes_with_its_second_half() {
    let (here, mut there) = mem::pair();
    let (reader, mut writer) = here.split().expect("halves");
    drop(reader);
    writer.write_all(b"still open").expect("written");
    drop(writer);
    let mut text = String::new();
    there.read_to_string(&mut text).expect("text");
    assert_eq!(text, "still open");
}

#[test]
fn chunks_make_reads_and_writes_short() {
    let (mut here, mut there) = mem::pair();
    there.set_chunk(2);
    here.write_all(b"hello").expect("written");
    let mut bytes = [0; 8];
    assert_eq!(there.read(&mut bytes).expect("two"), 2);
    assert_eq!(there.write(b"hello").expect("two"), 2);
}
