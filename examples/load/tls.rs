//! The options of TLS: whom to trust.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use protocol_core::net::tls::Connector;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
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
}

impl TlsArgs {
    /// Who makes handshakes, and the name that the server must have; `None` without TLS.
    pub(crate) fn connector(
        &self,
        address: &str,
    ) -> Result<Option<(Connector, String)>, Box<dyn Error>> {
        let Some(path) = &self.tls_ca else { return Ok(None) };
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(path)? {
            roots.add(certificate?)?;
        }
        if roots.is_empty() {
            return Err(format!("{} has no certificate", path.display()).into());
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
        let name = self.tls_name.as_deref().unwrap_or(host.trim_matches(['[', ']']));
        Ok(Some((Connector::new(config), name.to_owned())))
    }
}
