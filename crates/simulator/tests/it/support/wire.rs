//! A client on plain sockets, so that a test sees the exact bytes of the server.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use cckm_simulator::World;
use cckm_simulator::server::{Options, Server, start};
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto};

/// A server with the runtime that it runs on.
pub struct TestServer {
    pub server: Server,
    _runtime: Runtime,
}

/// A response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// Options with a clock that is frozen at noon.
pub fn options() -> Options {
    let noon = "2026-01-31T12:00:00Z".parse().unwrap();
    Options { world: World::at(noon), ..Options::default() }
}

impl TestServer {
    pub fn start(options: Options) -> Self {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(start(options)).unwrap();
        Self { server, _runtime: runtime }
    }

    /// Sends one request and reads until the connection ends. Without a body there is no `Content-Length`,
    /// as with curl.
    pub fn send(
        &self,
        method: &str,
        target: &str,
        headers: &str,
        body: &str,
    ) -> io::Result<Answer> {
        let length = match body.len() {
            0 => String::new(),
            length => format!("Content-Length: {length}\r\n"),
        };
        let text = format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             {length}{headers}\r\n{body}"
        );
        let mut stream = self.connect()?;
        stream.write_all(text.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(Answer::read(&bytes))
    }

    /// What arrives of the answer before the server is silent for a time. Without TLS.
    pub fn receive(
        &self,
        method: &str,
        target: &str,
        headers: &str,
        silence: Duration,
    ) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(self.server.address())?;
        stream.set_read_timeout(Some(silence))?;
        let text = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        stream.write_all(text.as_bytes())?;
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => bytes.extend_from_slice(&buffer[..read]),
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
                    ) =>
                {
                    return Ok(bytes);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn connect(&self) -> io::Result<Box<dyn Stream>> {
        let stream = TcpStream::connect(self.server.address())?;
        let Some(certificate) = self.server.certificate() else {
            return Ok(Box::new(stream));
        };
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(certificate.to_vec())).unwrap();
        let provider = Arc::new(crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let client = ClientConnection::new(Arc::new(config), name).unwrap();
        Ok(Box::new(StreamOwned::new(client, stream)))
    }

    pub fn get(&self, target: &str) -> Answer {
        self.send("GET", target, "", "").unwrap()
    }

    pub fn post(&self, target: &str, body: &Value) -> Answer {
        let json = "Content-Type: application/json\r\n";
        self.send("POST", target, json, &body.to_string()).unwrap()
    }

    /// A header that signs in as the administrator.
    pub fn bearer(&self) -> String {
        let reply = self.post("/api/v1/auth/tokens/", &super::credentials()).json();
        format!("Authorization: Bearer {}\r\n", reply["jwt"].as_str().unwrap())
    }
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
