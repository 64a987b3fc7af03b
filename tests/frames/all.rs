//! Every framing by the name that it has in `golden.py`, so that one test is for all of them.

use protocol_core::checksum::{crc8, crc16_ibm_3740, crc16_modbus, crc32};
use protocol_core::frame::{
    Checksummed, Cobs, Delimited, Fixed, Framing, Length, Magic, SelfDelimiting, Varint,
};

use crate::self_delimiting::Talk;

/// What is done with every framing.
pub(crate) trait Each {
    fn each(&mut self, name: &str, framing: impl Framing);
}

/// Does it.
pub(crate) fn each(test: &mut impl Each) {
    test.each("length_u8", Length::u8());
    test.each("length_u16", Length::u16());
    test.each("length_u16_little", Length::u16().little_endian());
    test.each("length_u16_itself", Length::u16().counting_itself());
    test.each("length_u24", Length::u24());
    test.each("length_u24_little_itself", Length::u24().little_endian().counting_itself());
    test.each("length_u32", Length::u32());
    test.each("length_u40", Length::u40());
    test.each("length_u48_little", Length::u48().little_endian());
    test.each("length_u56", Length::u56());
    test.each("length_u64_itself", Length::u64().counting_itself());
    test.each("length_behind_type", Length::u16().at(1));
    test.each("length_of_whole", Length::u32().at(1).counting_itself().adjusted(1));
    test.each("length_without_trailer", Length::u8().adjusted(-2));
    test.each("length_far", Length::u24().little_endian().at(5).adjusted(-3));
    test.each("varint", Varint::new());
    test.each("fixed", Fixed::new(5));
    test.each("self_delimiting", SelfDelimiting::<Talk<'static>>::new());
    test.each("cobs", Cobs::new());
    test.each("cobs_300", Cobs::new().limit(300));
    test.each("line", Delimited::new(b"\n"));
    test.each("line_crlf", Delimited::new(b"\r\n").limit(20));
    test.each("delimited_self_similar", Delimited::new(b"aaba"));
    test.each("length_crc32", Checksummed::new(Length::u16(), crc32));
    test.each("cobs_crc16", Checksummed::new(Cobs::new(), crc16_ibm_3740));
    test.each("varint_crc16_little", Checksummed::new(Varint::new(), crc16_modbus).little_endian());
    test.each("line_crc8", Checksummed::new(Cobs::new().limit(50), crc8));
    test.each("magic", Magic::new(b"\xaa\x55", Length::u8()));
    test.each("magic_fixed", Magic::new(b"AA", Fixed::new(3)).garbage_max(20));
    let checked = Checksummed::new(Length::u16().little_endian().limit(500), crc32);
    test.each("magic_crc32", Magic::new(b"\xaa\x55\xaa", checked));
}
