//! One connection: sends what is due, and takes the time of each answer.

use std::collections::VecDeque;
use std::time::Duration;

use protocol_core::conn::{RecvError, RecvErrorKind, SendError};
use protocol_core::frame::Framing;
use protocol_core::net::tls::Connector;
use protocol_core::net::tokio::Connection;
use protocol_core::{Message, Protocol};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

use crate::tally::Tally;

#[derive(Message)]
#[msg_type = 3]
struct Data<'a> {
    #[wire(rest)]
    text: &'a str,
}

/// A server answers with DATA.
#[derive(Protocol)]
enum Chat<'a> {
    Data(Data<'a>),
}

/// What one connection does.
pub(crate) struct Plan {
    pub(crate) address: String,
    /// Who to be inside of TLS with, if that is wanted.
    pub(crate) connector: Option<(Connector, String)>,
    /// When the first message is due.
    pub(crate) begin: Instant,
    /// How much later each next one is due; without it, as soon as there is room for it.
    pub(crate) every: Option<Duration>,
    /// When no more are sent.
    pub(crate) end: Instant,
    /// How many may wait for their answers.
    pub(crate) depth: usize,
    pub(crate) text: String,
}

impl Plan {
    /// How many messages are due from `due` on.
    fn left_from(&self, due: Instant) -> u128 {
        let left = self.end.saturating_duration_since(due).as_nanos();
        self.every.map_or(0, |every| left.div_ceil(every.as_nanos().max(1)))
    }
}

/// Why a connection ended too early, as a code.
struct Failed(&'static str);

/// How long after a failure a new connection is tried.
const PAUSE: Duration = Duration::from_millis(100);
/// How long the last answers are waited for, and a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Keeps a connection until the end of the plan: after a failure, another one.
pub(crate) async fn keep<F: Framing>(plan: &Plan, framing: F, tally: &Tally) {
    let mut due = plan.begin;
    loop {
        let mut waiting = VecDeque::new();
        let result = connect(plan, framing.clone(), tally, &mut due, &mut waiting).await;
        let Err(Failed(code)) = result else { break };
        tally.fail(code, waiting.len());
        if Instant::now() + PAUSE >= plan.end {
            break;
        }
        sleep(PAUSE).await;
    }
    tally.never_sent(plan.left_from(due));
}

async fn connect<F: Framing>(
    plan: &Plan,
    framing: F,
    tally: &Tally,
    due: &mut Instant,
    waiting: &mut VecDeque<Instant>,
) -> Result<(), Failed> {
    let stream = timeout(PATIENCE, TcpStream::connect(&plan.address)).await;
    let stream = stream.map_err(|_| Failed("connect_timeout"))?;
    let stream = stream.map_err(|_| Failed("connect"))?;
    stream.set_nodelay(true).map_err(|_| Failed("connect"))?;
    let Some((connector, name)) = &plan.connector else {
        return talk(plan, Connection::over(stream, framing), tally, due, waiting).await;
    };
    let stream = connector.connect_async(name, stream).await.map_err(|_| Failed("handshake"))?;
    talk(plan, Connection::over(stream, framing), tally, due, waiting).await
}

/// Sends until the end of the plan, and waits for the last answer.
async fn talk<F: Framing, S: AsyncRead + AsyncWrite + Unpin>(
    plan: &Plan,
    mut connection: Connection<Chat<'static>, Chat<'static>, F, S>,
    tally: &Tally,
    due: &mut Instant,
    waiting: &mut VecDeque<Instant>,
) -> Result<(), Failed> {
    loop {
        let now = Instant::now();
        while waiting.len() < plan.depth && *due <= now && now < plan.end && *due < plan.end {
            connection.queue(&Data { text: &plan.text })?;
            tally.sent();
            // A message that is late was due before it is sent.
            waiting.push_back(plan.every.map_or(now, |_| *due));
            *due = plan.every.map_or(now, |every| *due + every);
        }
        let is_over = now >= plan.end || *due >= plan.end;
        if waiting.is_empty() {
            if is_over {
                connection.close().await?;
                return Ok(());
            }
            sleep_until(*due).await;
            continue;
        }
        let can_send = !is_over && waiting.len() < plan.depth;
        let until = if can_send { *due } else { plan.end.max(now) + PATIENCE };
        match timeout_at(until, connection.recv()).await {
            Ok(Ok(Some(Chat::Data(_)))) => {
                tally.answered(waiting.pop_front().map(|since| since.elapsed()));
            }
            Ok(Ok(None)) => return Err(Failed("closed")),
            Ok(Err(error)) => return Err(error.into()),
            Err(_) if can_send => {}
            Err(_) => return Err(Failed("no_answer")),
        }
    }
}

impl From<RecvError> for Failed {
    fn from(error: RecvError) -> Failed {
        match error.kind() {
            RecvErrorKind::Flush(kind) => Failed(kind.code()),
            kind => Failed(kind.code()),
        }
    }
}

impl From<SendError> for Failed {
    fn from(error: SendError) -> Failed {
        Failed(error.code())
    }
}
