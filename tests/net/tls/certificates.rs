//! The certificates of these tests, made anew in each run: an authority, and what it signed.

use std::sync::{Arc, LazyLock};

use protocol_core::net::tls::rustls::client::WantsClientCert;
use protocol_core::net::tls::rustls::crypto::{CryptoProvider, ring};
use protocol_core::net::tls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use protocol_core::net::tls::rustls::server::WebPkiClientVerifier;
use protocol_core::net::tls::rustls::{
    ClientConfig, ConfigBuilder, RootCertStore, ServerConfig, SupportedProtocolVersion, version,
};
use protocol_core::net::tls::{Acceptor, Connector};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

/// Signs the certificates of these tests.
static AUTHORITY: LazyLock<CertifiedIssuer<'static, KeyPair>> =
    LazyLock::new(|| authority("the one"));

/// A certificate and its key.
pub(crate) struct Identity {
    pub(crate) certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

/// An authority, which nobody trusts yet.
pub(crate) fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new([]).expect("no names");
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages.push(KeyUsagePurpose::KeyCertSign);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("signed")
}

/// What the certificate of `name` says, unless it is changed.
pub(crate) fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
    params.use_authority_key_identifier_extension = true;
    params
}

/// A certificate that ended long ago.
pub(crate) fn expired() -> CertificateParams {
    let mut params = params("localhost");
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 1, 1);
    params
}

/// What `authority` signs.
pub(crate) fn signed_by(
    authority: &CertifiedIssuer<'static, KeyPair>,
    params: &CertificateParams,
) -> Identity {
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, authority).expect("signed");
    Identity { certificate: certificate.der().clone(), key: key.into() }
}

/// What the authority of these tests signs.
pub(crate) fn signed(params: &CertificateParams) -> Identity {
    signed_by(&AUTHORITY, params)
}

/// Accepts all clients, as `localhost`.
pub(crate) fn acceptor() -> Acceptor {
    acceptor_as(signed(&params("localhost")))
}

/// Accepts all clients, as somebody.
pub(crate) fn acceptor_as(identity: Identity) -> Acceptor {
    let builder = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth();
    let config = builder.with_single_cert(vec![identity.certificate], identity.key);
    Acceptor::new(config.expect("they fit"))
}

/// Accepts clients that have a certificate of the authority.
pub(crate) fn strict_acceptor() -> Acceptor {
    let verifier = WebPkiClientVerifier::builder_with_provider(roots(), provider());
    let builder = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(verifier.build().expect("a verifier"));
    let Identity { certificate, key } = signed(&params("localhost"));
    Acceptor::new(builder.with_single_cert(vec![certificate], key).expect("they fit"))
}

/// Trusts the authority, and proves nothing.
pub(crate) fn connector() -> Connector {
    Connector::new(trusting(&[&version::TLS13]).with_no_client_auth())
}

/// The same, with the version before.
pub(crate) fn old_connector() -> Connector {
    Connector::new(trusting(&[&version::TLS12]).with_no_client_auth())
}

/// Trusts the authority, and proves who it is.
pub(crate) fn connector_as(identity: Identity) -> Connector {
    let builder = trusting(&[&version::TLS13]);
    let config = builder.with_client_auth_cert(vec![identity.certificate], identity.key);
    Connector::new(config.expect("they fit"))
}

/// The certificate of the authority, for programs that read files.
pub(crate) fn authority_pem() -> String {
    AUTHORITY.pem()
}

/// The certificate and the key of `localhost`, for programs that read files.
pub(crate) fn localhost_pem() -> (String, String) {
    let key = KeyPair::generate().expect("a key");
    let certificate = params("localhost").signed_by(&key, &*AUTHORITY).expect("signed");
    (certificate.pem(), key.serialize_pem())
}

fn trusting(
    versions: &[&'static SupportedProtocolVersion],
) -> ConfigBuilder<ClientConfig, WantsClientCert> {
    ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(versions)
        .expect("versions")
        .with_root_certificates(roots())
}

fn roots() -> Arc<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add(AUTHORITY.der().clone()).expect("a root");
    Arc::new(roots)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
