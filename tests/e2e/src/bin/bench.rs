//! Measures the built page; see [`e2e::bench`].

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    e2e::bench::run().await
}
