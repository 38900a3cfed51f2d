//! Accepts connections, and resets them if a fault requires it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// Resets the connection of a request.
#[derive(Clone, Default)]
pub struct Breaker(Arc<BreakerState>);

#[derive(Default)]
struct BreakerState {
    now: Notify,
    reset: AtomicBool,
}

impl Breaker {
    /// Resets the connection: the client sees an error, not an end.
    pub fn reset(&self) {
        self.0.reset.store(true, Ordering::Release);
        self.0.now.notify_one();
    }
}

/// Accepts connections until the task is aborted, which also closes them.
pub async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, tls.clone(), router.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, router: Router) {
    let _ = stream.set_nodelay(true);
    let breaker = Breaker::default();
    let router = router.layer(Extension(breaker.clone()));
    let stream = Breakable { stream, breaker: breaker.clone() };
    let served = async {
        match tls {
            None => serve_http(stream, router).await,
            Some(tls) => {
                if let Ok(stream) = tls.accept(stream).await {
                    serve_http(stream, router).await;
                }
            }
        }
    };
    tokio::select! {
        () = served => {}
        () = breaker.0.now.notified() => {}
    }
}

async fn serve_http(stream: impl AsyncRead + AsyncWrite + Unpin, router: Router) {
    let service = TowerToHyperService::new(router);
    // An error here means that the client has closed the connection.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// A stream that ends with a reset if its breaker is used.
struct Breakable {
    stream: TcpStream,
    breaker: Breaker,
}

impl Drop for Breakable {
    fn drop(&mut self) {
        if self.breaker.0.reset.load(Ordering::Acquire) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Breakable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Breakable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
