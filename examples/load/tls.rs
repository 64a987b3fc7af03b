//! The options of TLS: whom to trust, and what to prove.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use protocol_core::net::tls::Connector;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

/// The options.
#[derive(Args)]
pub(crate) struct TlsArgs {
    /// Speaks inside TLS, with a server whose certificate one of this PEM file vouches for.
    #[arg(long, value_name = "PATH")]
    tls_ca: Option<PathBuf>,
    /// The name in the server's certificate, if it is not that of `--connect`.
    #[arg(long, value_name = "NAME", requires = "tls_ca")]
    tls_name: Option<String>,
    /// The certificate that says who this program is, for servers that ask, in PEM.
    #[arg(long, value_name = "PATH", requires_all = ["tls_ca", "tls_key"])]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate, in PEM.
    #[arg(long, value_name = "PATH", requires_all = ["tls_ca", "tls_cert"])]
    tls_key: Option<PathBuf>,
}

impl TlsArgs {
    /// Who makes handshakes, and the name that the server must have; `None` without TLS.
    pub(crate) fn connector(
        &self,
        address: &str,
    ) -> Result<Option<(Connector, String)>, Box<dyn Error>> {
        let Some(path) = &self.tls_ca else { return Ok(None) };
        let mut roots = RootCertStore::empty();
        for certificate in certificates(path)? {
            roots.add(certificate)?;
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots);
        let config = match (&self.tls_cert, &self.tls_key) {
            (Some(cert), Some(key)) => {
                let key = PrivateKeyDer::from_pem_file(key)?;
                builder.with_client_auth_cert(certificates(cert)?, key)?
            }
            _ => builder.with_no_client_auth(),
        };
        let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
        let name = self.tls_name.as_deref().unwrap_or(host.trim_matches(['[', ']']));
        Ok(Some((Connector::new(config), name.to_owned())))
    }
}

/// The certificates of a file, which has one at least.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Box<dyn Error>> {
    let certificates: Vec<_> = CertificateDer::pem_file_iter(path)?.collect::<Result<_, _>>()?;
    if certificates.is_empty() {
        return Err(format!("{} has no certificate", path.display()).into());
    }
    Ok(certificates)
}
