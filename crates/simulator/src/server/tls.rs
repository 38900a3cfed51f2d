//! TLS with a self-signed certificate, like that of a new appliance. The key is only in memory.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// An acceptor with a new certificate for this address, and the certificate in DER.
pub fn acceptor(bind: IpAddr) -> io::Result<(TlsAcceptor, Vec<u8>)> {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned(), bind.to_string()];
    let generated = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
    let der = generated.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(generated.signing_key.serialize_der().into());
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![der.clone()], key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), der.to_vec()))
}
