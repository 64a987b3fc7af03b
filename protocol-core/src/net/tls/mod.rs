//! TLS below a connection, by rustls: handshakes with a deadline, and the streams they give.
//!
//! Whom to trust, what to prove and which cryptography to use is said in a configuration of rustls,
//! which the user makes; the crate is [re-exported](rustls) in the version that fits.

mod error;
mod handshake;
mod received;
mod stream;
#[cfg(feature = "tokio-tls")]
mod tokio;

use std::boxed::Box;
use std::error::Error;
use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, ServerConfig, ServerConnection};

pub use error::{HandshakeError, HandshakeErrorKind};
pub use rustls;
pub use stream::Tls;
#[cfg(feature = "tokio-tls")]
pub use tokio::AsyncTls;

use super::Stream;
use super::blocking::{Handshake, first_that_answers};

/// How long a handshake may take.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);

/// Makes the client's side of handshakes.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use std::sync::Arc;
/// use protocol_core::frame::Length;
/// use protocol_core::net::tls::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto::ring};
/// use protocol_core::net::tls::{Acceptor, Connector};
/// use protocol_core::net::{blocking::Connection, mem};
///
/// // A certificate of one's own; else both come from files: `CertificateDer::pem_file_iter` and
/// // `PrivateKeyDer::from_pem_file` of `rustls::pki_types` read them.
/// let own = rcgen::generate_simple_self_signed(["localhost".into()]).unwrap();
/// let (certificate, key) = (own.cert.der().clone(), own.signing_key.into());
///
/// let server = ServerConfig::builder_with_provider(ring::default_provider().into())
///     .with_safe_default_protocol_versions().unwrap()
///     .with_no_client_auth()
///     .with_single_cert(vec![certificate.clone()], key).unwrap();
///
/// let mut roots = RootCertStore::empty();
/// roots.add(certificate).unwrap();
/// let client = ClientConfig::builder_with_provider(ring::default_provider().into())
///     .with_safe_default_protocol_versions().unwrap()
///     .with_root_certificates(roots)
///     .with_no_client_auth();
///
/// let (here, there) = mem::pair();
/// let serving = std::thread::spawn(move || {
///     let stream = Acceptor::new(server).accept(there).unwrap();
///     let mut connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
///     connection.answer(|message, outbox| outbox.queue(&message)).unwrap();
///     connection.close().unwrap();
/// });
///
/// let stream = Connector::new(client).connect("localhost", here).unwrap();
/// let mut connection = Connection::<Chat, Chat, _, _>::over(stream, Length::u32());
/// connection.send(&Data { text: "hello".into() }).unwrap();
/// assert_eq!(connection.recv().unwrap(), Some(Chat::Data(Data { text: "hello".into() })));
/// connection.close().unwrap();
/// serving.join().unwrap();
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Connector {
    config: Arc<ClientConfig>,
    within: Duration,
}

/// Makes the server's side of handshakes.
///
/// A server whose configuration has a verifier for the certificates of clients knows who they are:
/// [`Tls::peer_certificates`]. [`Connector`] shows both sides.
#[derive(Debug, Clone)]
pub struct Acceptor {
    config: Arc<ServerConfig>,
    within: Duration,
}

impl Connector {
    /// Makes handshakes by this configuration, which may take 10 s each.
    #[must_use]
    pub fn new(config: impl Into<Arc<ClientConfig>>) -> Connector {
        Connector { config: config.into(), within: HANDSHAKE_WITHIN }
    }

    /// How long a handshake may take, from its first byte to its last; 10 s by default.
    #[must_use]
    pub fn within(self, within: Duration) -> Connector {
        Connector { within, ..self }
    }

    /// Makes a handshake with the server at the other end of `stream`, which must prove that it is
    /// `name`: a host name, or an IP address.
    ///
    /// With TLS 1.3 a server that wants another certificate of this client says so after the
    /// handshake: the connection's first `recv` then has the error.
    ///
    /// # Errors
    /// If the server is somebody else, speaks no TLS, ends the stream, or takes too long.
    pub fn connect<S: Stream>(&self, name: &str, stream: S) -> Result<Tls<S>, HandshakeError> {
        let peer = stream.peer();
        let session = self.session(name).map_err(|kind| HandshakeError::new(kind, peer))?;
        handshake::finish(session.into(), stream, self.within)
    }

    /// Connects to the first address of a host that answers, and makes a handshake with it. The
    /// host must prove that it is the one named in `address`: `example.org:8000`, `[::1]:8000`.
    ///
    /// Each address gets 10 s to answer. `TCP_NODELAY` is on.
    ///
    /// # Errors
    /// If no address answers, or as for [`connect`](Connector::connect); a [`HandshakeError`] then
    /// stands inside.
    pub fn connect_tcp(&self, address: &str) -> io::Result<Tls<TcpStream>> {
        let stream = first_that_answers(address)?;
        stream.set_nodelay(true)?;
        Ok(self.connect(host(address), stream)?)
    }

    fn session(&self, name: &str) -> Result<ClientConnection, HandshakeErrorKind> {
        let name = server_name(name)?;
        ClientConnection::new(Arc::clone(&self.config), name).map_err(HandshakeErrorKind::Tls)
    }
}

impl Acceptor {
    /// Makes handshakes by this configuration, which may take 10 s each.
    #[must_use]
    pub fn new(config: impl Into<Arc<ServerConfig>>) -> Acceptor {
        Acceptor { config: config.into(), within: HANDSHAKE_WITHIN }
    }

    /// How long a handshake may take, from its first byte to its last; 10 s by default.
    ///
    /// A server gives it [a time of its own](crate::net::server::Server::handshake_within), too.
    #[must_use]
    pub fn within(self, within: Duration) -> Acceptor {
        Acceptor { within, ..self }
    }

    /// Makes a handshake with the client at the other end of `stream`.
    ///
    /// It waits for the client: a server of your own calls it in the thread of the connection, not
    /// where it accepts.
    ///
    /// # Errors
    /// If the client does not prove what the configuration demands, speaks no TLS, ends the stream,
    /// or takes too long.
    pub fn accept<S: Stream>(&self, stream: S) -> Result<Tls<S>, HandshakeError> {
        let peer = stream.peer();
        let session = ServerConnection::new(Arc::clone(&self.config))
            .map_err(|error| HandshakeError::new(HandshakeErrorKind::Tls(error), peer))?;
        handshake::finish(session.into(), stream, self.within)
    }
}

/// `server.handshake(acceptor)` puts a blocking server into TLS; its handlers get connections over
/// [`Tls<TcpStream>`](Tls).
impl<S: Stream + Send + 'static> Handshake<S> for Acceptor {
    type Stream = Tls<S>;

    fn shake_hands(&self, stream: S) -> Result<Tls<S>, Box<dyn Error + Send + Sync>> {
        self.accept(stream).map_err(Into::into)
    }
}

/// The host of an address: what stands before the port, without the brackets of an IPv6 address.
fn host(address: &str) -> &str {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn server_name(name: &str) -> Result<ServerName<'static>, HandshakeErrorKind> {
    ServerName::try_from(name).map(|name| name.to_owned()).map_err(|_| HandshakeErrorKind::Name)
}
