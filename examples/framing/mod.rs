//! How the example programs mark off their messages: the options `--framing` and `--message-max`.

use clap::{Args, ValueEnum};
use protocol_core::checksum::crc32;
use protocol_core::frame::{Checksummed, Cobs, Delimited, Framing, Length, Magic, Raw, Varint};

/// The options.
#[derive(Args, Clone, Copy)]
pub(crate) struct FramingArgs {
    /// How messages are marked off.
    #[arg(long, value_enum, default_value = "raw")]
    framing: Frames,
    /// The longest message of a frame; in `raw` it is 1024 whatever this says.
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    message_max: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Frames {
    /// One read is one message: only for peers that already speak so.
    Raw,
    /// Each message stands behind its length, a big-endian u32.
    Length,
    /// Each message stands behind its length, a LEB128.
    Varint,
    /// Each message is a line, and holds no line feed.
    Lines,
    /// Each message is stuffed so that it holds no zero, and ends with one.
    Cobs,
    /// The same, with a CRC-32 behind each message.
    CobsCrc32,
    /// `aa 55`, a big-endian u16 length, the message and its CRC-32.
    MagicCrc32,
}

/// What is done in the framing that was chosen.
pub(crate) trait In {
    type Output;

    fn in_framing<F: Framing + Send + Sync + 'static>(self, framing: F) -> Self::Output;
}

impl FramingArgs {
    /// Does it.
    pub(crate) fn choose<T: In>(self, task: T) -> T::Output {
        let max = self.message_max;
        let with_sum = max.saturating_add(size_of::<u32>());
        match self.framing {
            Frames::Raw => task.in_framing(Raw::new()),
            Frames::Length => task.in_framing(Length::u32().limit(max)),
            Frames::Varint => task.in_framing(Varint::new().limit(max)),
            Frames::Lines => task.in_framing(Delimited::new(b"\n").limit(max)),
            Frames::Cobs => task.in_framing(Cobs::new().limit(max)),
            Frames::CobsCrc32 => {
                task.in_framing(Checksummed::new(Cobs::new().limit(with_sum), crc32))
            }
            Frames::MagicCrc32 => {
                let frames = Checksummed::new(Length::u16().limit(with_sum), crc32);
                task.in_framing(Magic::new(b"\xaa\x55", frames))
            }
        }
    }
}
