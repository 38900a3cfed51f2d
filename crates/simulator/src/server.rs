//! The simulator over real sockets, with or without TLS, and the page beside it. Must not decide
//! what an answer says: that is the pure core's.

mod assets;
mod body;
mod compression;
mod connection;
mod deliver;
mod headers;
mod tls;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::{Simulator, World};

pub use headers::CONTENT_SECURITY_POLICY;

/// What to serve, and where.
#[derive(Debug)]
pub struct Options {
    /// The address to bind. Anything but loopback shuts `/simulator/…`.
    pub bind: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Whether to speak TLS, with a certificate made at start.
    pub tls: bool,
    /// The folder of the built page.
    pub dist: Option<PathBuf>,
    /// A folder that the page is served at besides `/`, as in `/a/b/`.
    pub prefix: Option<String>,
    /// The policy that the page runs under; where to report is added.
    pub content_security_policy: String,
    /// The simulator and its clock.
    pub world: World,
}

impl Default for Options {
    /// Loopback, a free port, the documented samples, the real time, and no page.
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

/// What every request needs.
struct Shared {
    world: Mutex<World>,
    control: bool,
    dist: Option<PathBuf>,
    prefix: Option<String>,
    policy: String,
}

/// A server that runs; it stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    certificate: Option<Vec<u8>>,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// Starts a server on the current tokio runtime.
///
/// # Errors
///
/// When the address cannot be bound, or no certificate can be made.
pub async fn start(options: Options) -> io::Result<Server> {
    let listener = TcpListener::bind((options.bind, options.port)).await?;
    let address = listener.local_addr()?;
    let (acceptor, certificate) = if options.tls {
        let (acceptor, der) = tls::acceptor(options.bind)?;
        (Some(acceptor), Some(der))
    } else {
        (None, None)
    };
    let shared = Arc::new(Shared {
        world: Mutex::new(options.world),
        control: options.bind.is_loopback(),
        dist: options.dist,
        prefix: options.prefix.as_deref().and_then(folder),
        policy: options.content_security_policy,
    });
    let router = deliver::router(Arc::clone(&shared));
    let task = tokio::spawn(connection::serve(listener, acceptor, router));
    Ok(Server {
        address,
        certificate,
        shared,
        task,
    })
}

/// `/a/b/` however it was written; none for the root.
fn folder(prefix: &str) -> Option<String> {
    let inner = prefix.trim_matches('/');
    (!inner.is_empty()).then(|| format!("/{inner}/"))
}

impl Server {
    /// Where it listens, as in `http://127.0.0.1:8080`, without a slash at the end.
    pub fn url(&self) -> String {
        let scheme = if self.certificate.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}", self.address)
    }

    /// Where the page is: in the folder that was asked for, else at the root.
    pub fn page_url(&self) -> String {
        self.url() + self.shared.prefix.as_deref().unwrap_or("/")
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate, in DER, if it speaks TLS.
    pub fn certificate(&self) -> Option<&[u8]> {
        self.certificate.as_deref()
    }

    /// The simulator, its clock and the reports in your hand; requests wait meanwhile.
    pub fn with_world<T>(&self, what: impl FnOnce(&mut World) -> T) -> T {
        what(
            &mut self
                .shared
                .world
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// The simulator's time.
    pub fn now(&self) -> Timestamp {
        self.with_world(|world| world.clock.read(Timestamp::now()))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.with_world(|world| world.clock.advance(by));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
