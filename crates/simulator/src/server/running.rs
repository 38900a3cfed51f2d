//! Starts and stops a server.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::context::Context;
use super::files::Files;
use super::headers::CONTENT_SECURITY_POLICY;
use super::{connection, respond, tls};
use crate::clock::Clock;
use crate::simulator::Simulator;
use crate::world::World;

/// The content of a server, and its address.
#[derive(Debug)]
pub struct Options {
    /// The address to bind. `/simulator/…` is only available on loopback addresses.
    pub bind: IpAddr,
    /// The port; 0 selects a free one.
    pub port: u16,
    /// Whether to use TLS, with a certificate created at start.
    pub tls: bool,
    /// The folder of the built page.
    pub dist: Option<PathBuf>,
    /// A folder that the page is served in besides `/`, as in `/a/b/`.
    pub prefix: Option<String>,
    /// The policy that the page runs under, without the address for reports.
    pub content_security_policy: String,
    /// The simulator and its clock.
    pub world: World,
}

impl Default for Options {
    /// Loopback, a free port, the documented samples, the machine's time, and no page.
    fn default() -> Self {
        Self {
            bind: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            tls: false,
            dist: None,
            prefix: None,
            content_security_policy: CONTENT_SECURITY_POLICY.to_owned(),
            world: World::new(Simulator::new(1), Clock::REAL),
        }
    }
}

/// A running server; it stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    certificate: Option<Vec<u8>>,
    context: Arc<Context>,
    task: JoinHandle<()>,
}

/// Starts a server on the current tokio runtime.
///
/// # Errors
///
/// If the address cannot be bound or no certificate can be created.
pub async fn start(options: Options) -> io::Result<Server> {
    let listener = TcpListener::bind((options.bind, options.port)).await?;
    let address = listener.local_addr()?;
    let (acceptor, certificate) =
        options.tls.then(|| tls::acceptor(options.bind)).transpose()?.unzip();
    let context = Arc::new(Context {
        world: Mutex::new(options.world),
        control: options.bind.is_loopback(),
        files: Files::new(
            options.dist,
            options.prefix.as_deref(),
            &options.content_security_policy,
        ),
    });
    let router = respond::router(Arc::clone(&context));
    let task = tokio::spawn(connection::serve(listener, acceptor, router));
    Ok(Server { address, certificate, context, task })
}

impl Server {
    /// Its URL, as in `http://127.0.0.1:8080`, without a slash at the end.
    pub fn url(&self) -> String {
        let secure = if self.certificate.is_some() { "s" } else { "" };
        format!("http{secure}://{}", self.address)
    }

    /// The URL of the page: in the folder of [`Options::prefix`], otherwise at the root.
    pub fn page_url(&self) -> String {
        self.url() + self.context.files.prefix()
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate, in DER, if it uses TLS.
    pub fn certificate(&self) -> Option<&[u8]> {
        self.certificate.as_deref()
    }

    /// Gives access to the simulator, its clock and the reports; requests wait meanwhile.
    pub fn with_world<T>(&self, access: impl FnOnce(&mut World) -> T) -> T {
        access(&mut self.context.world())
    }

    /// The simulated time.
    pub fn now(&self) -> Timestamp {
        self.context.now()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.with_world(|world| world.advance(by));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
