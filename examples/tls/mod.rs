//! How the example programs put their connections into TLS: the options `--tls`, `--cert`, `--key`
//! and `--ca`.

use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use protocol_core::net::tls::rustls::crypto::{CryptoProvider, ring};
use protocol_core::net::tls::rustls::pki_types::pem::PemObject;
use protocol_core::net::tls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use protocol_core::net::tls::rustls::server::WebPkiClientVerifier;
use protocol_core::net::tls::rustls::{ClientConfig, RootCertStore, ServerConfig};
use protocol_core::net::tls::{Acceptor, Connector};
use tempfile::NamedTempFile;
use tracing::warn;

/// The options.
#[derive(Args)]
pub(crate) struct TlsArgs {
    /// Speaks inside TLS.
    #[arg(long)]
    tls: bool,
    /// The certificate that says who this program is, and those it depends on, in PEM. A server
    /// without one makes one for this run, with which only this machine can reach it.
    #[arg(long, value_name = "FILE", requires_all = ["tls", "key"])]
    cert: Option<PathBuf>,
    /// The key of the certificate, in PEM.
    #[arg(long, value_name = "FILE", requires_all = ["tls", "cert"])]
    key: Option<PathBuf>,
    /// The authorities that are trusted, in PEM. A server with this option talks only to clients
    /// that have a certificate of theirs.
    #[arg(long, value_name = "FILE", requires = "tls")]
    ca: Option<PathBuf>,
}

/// The server's side. A certificate that was made for this run is in a file that is gone when the
/// run is over.
pub(crate) struct ServerSide {
    acceptor: Acceptor,
    _made: Option<NamedTempFile>,
}

/// A certificate, those it depends on, and its key.
struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl ServerSide {
    pub(crate) fn acceptor(&self) -> Acceptor {
        self.acceptor.clone()
    }
}

impl TlsArgs {
    /// The server's side, if there is to be TLS.
    pub(crate) fn server(
        &self,
        addresses: &[SocketAddr],
    ) -> Result<Option<ServerSide>, Box<dyn Error>> {
        if !self.tls {
            return Ok(None);
        }
        let (identity, made) = match self.identity()? {
            Some(identity) => (identity, None),
            None => {
                let (identity, file) = make_identity(addresses)?;
                warn!("NO CERTIFICATE WAS GIVEN: one was made, good for this machine and this run");
                warn!("clients trust it with `--tls --ca {}`", file.path().display());
                (identity, Some(file))
            }
        };
        let builder = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?;
        let builder = match self.roots()? {
            None => builder.with_no_client_auth(),
            Some(roots) => builder.with_client_cert_verifier(
                WebPkiClientVerifier::builder_with_provider(roots.into(), provider()).build()?,
            ),
        };
        let config = builder.with_single_cert(identity.chain, identity.key)?;
        Ok(Some(ServerSide { acceptor: Acceptor::new(config), _made: made }))
    }

    /// The client's side, if there is to be TLS.
    pub(crate) fn client(&self) -> Result<Option<Connector>, Box<dyn Error>> {
        if !self.tls {
            return Ok(None);
        }
        let roots = self.roots()?.ok_or("--tls needs --ca, whom to trust")?;
        let builder = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots);
        Ok(Some(Connector::new(match self.identity()? {
            None => builder.with_no_client_auth(),
            Some(identity) => builder.with_client_auth_cert(identity.chain, identity.key)?,
        })))
    }

    fn identity(&self) -> Result<Option<Identity>, Box<dyn Error>> {
        let (Some(cert), Some(key)) = (&self.cert, &self.key) else { return Ok(None) };
        let named = |error| format!("{}: {error}", key.display());
        let key = PrivateKeyDer::from_pem_file(key).map_err(named)?;
        Ok(Some(Identity { chain: certificates(cert)?, key }))
    }

    fn roots(&self) -> Result<Option<RootCertStore>, Box<dyn Error>> {
        let Some(ca) = &self.ca else { return Ok(None) };
        let mut roots = RootCertStore::empty();
        for certificate in certificates(ca)? {
            roots.add(certificate).map_err(|error| format!("{}: {error}", ca.display()))?;
        }
        Ok(Some(roots))
    }
}

/// The certificates of a file, which has one at least.
fn certificates(path: &PathBuf) -> Result<Vec<CertificateDer<'static>>, Box<dyn Error>> {
    let named = |error| format!("{}: {error}", path.display());
    let certificates = CertificateDer::pem_file_iter(path).map_err(named)?;
    let certificates: Vec<_> = certificates.collect::<Result<_, _>>().map_err(named)?;
    if certificates.is_empty() {
        return Err(format!("{}: there is no certificate in it", path.display()).into());
    }
    Ok(certificates)
}

/// Makes an identity for one run on this machine, and a file with its certificate.
fn make_identity(addresses: &[SocketAddr]) -> Result<(Identity, NamedTempFile), Box<dyn Error>> {
    if let Some(address) = addresses.iter().find(|address| !address.ip().is_loopback()) {
        let says = "give --cert and --key, or listen on localhost";
        return Err(format!("others can reach {address}: {says}").into());
    }
    let names = ["localhost", "127.0.0.1", "::1"].map(String::from);
    let made = rcgen::generate_simple_self_signed(names)?;
    let mut file = tempfile::Builder::new().prefix("localhost-").suffix(".pem").tempfile()?;
    file.write_all(made.cert.pem().as_bytes())?;
    let chain = vec![made.cert.der().clone()];
    Ok((Identity { chain, key: made.signing_key.into() }, file))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
