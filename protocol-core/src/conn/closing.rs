//! The end of a connection, so that the peer gets everything that was queued for it.
//!
//! What is pending is written, writing is ended, and what the peer still sends is read away: a
//! stream that is dropped with bytes unread is reset, and the last reply lost.

use core::time::Duration;

use super::{Moment, Outgoing};
use crate::frame::{Encode, Length};

/// A connection that is being closed.
///
/// A driver repeats [`advance`](Closing::advance) and does what it says, until
/// [`Close::Done`].
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug)] enum Chat { Data(Data) }
/// use protocol_core::conn::{Close, Machine, Moment};
/// use protocol_core::frame::Length;
///
/// let now = Moment::START;
/// let mut machine = Machine::<Chat>::new(Length::u32());
/// machine.queue(&Data { text: "bye".into() }).unwrap();
/// let mut closing = machine.close();
/// assert_eq!(closing.advance(now), Close::Write);
/// let count = closing.outgoing().pending().len();
/// closing.outgoing().written(count, now);
/// assert!(matches!(closing.advance(now), Close::EndWriting { .. }));
/// assert!(matches!(closing.advance(now), Close::Read { .. }));
/// closing.received(3); // Something that the peer sent meanwhile.
/// assert!(matches!(closing.advance(now), Close::Read { .. }));
/// closing.ended();
/// assert_eq!(closing.advance(now), Close::Done);
/// # }
/// ```
#[derive(Debug)]
pub struct Closing<P, F = Length> {
    outgoing: Outgoing<P, F>,
    stage: Stage,
}

/// What is to be done to close a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// Write what the [sending half](Closing::outgoing) has pending, within its deadline.
    Write,
    /// Tell the peer that no more will come, by this moment. If the stream cannot say so, it has
    /// [`ended`](Closing::ended).
    EndWriting {
        /// When the peer has had its time, for this and for what it still sends.
        until: Moment,
    },
    /// Read until this moment, and throw away what comes.
    Read {
        /// When the peer has had its time.
        until: Moment,
    },
    /// Drop the stream.
    Done,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    Writing,
    Ending,
    Reading { until: Moment, left: usize },
    Done,
}

/// How much, and how long, is read from a peer that still sends while the connection is closed.
const READ_MAX: usize = 64 * 1024;
const READ_WITHIN: Duration = Duration::from_secs(1);

impl<P, F: Encode> Closing<P, F> {
    pub(super) fn new(outgoing: Outgoing<P, F>) -> Closing<P, F> {
        Closing { outgoing, stage: Stage::Writing }
    }

    /// The half that still has something to write.
    pub fn outgoing(&mut self) -> &mut Outgoing<P, F> {
        &mut self.outgoing
    }

    /// Says what is to be done next.
    pub fn advance(&mut self, now: Moment) -> Close {
        match self.stage {
            Stage::Writing if !self.outgoing.is_empty() => Close::Write,
            Stage::Writing | Stage::Ending => {
                let until = now.after(READ_WITHIN);
                self.stage = Stage::Reading { until, left: READ_MAX };
                Close::EndWriting { until }
            }
            Stage::Reading { until, left } if left > 0 && now < until => Close::Read { until },
            Stage::Reading { .. } | Stage::Done => Close::Done,
        }
    }

    /// Gives up what is pending, after an error of writing: the peer is still told of the end.
    pub fn give_up(&mut self) {
        if matches!(self.stage, Stage::Writing) {
            self.stage = Stage::Ending;
        }
    }

    /// Takes note that a read threw `count` bytes away.
    pub fn received(&mut self, count: usize) {
        if let Stage::Reading { left, .. } = &mut self.stage {
            *left = left.saturating_sub(count);
        }
    }

    /// Takes note that the stream has ended, or failed.
    pub fn ended(&mut self) {
        self.stage = Stage::Done;
    }
}
