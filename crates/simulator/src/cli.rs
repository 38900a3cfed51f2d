//! The command line. Must not start anything.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::str::FromStr;

use lexopt::{Arg, Parser, ValueExt as _};

/// What `--help` prints.
pub const HELP: &str = "\
A simulator of the job APIs of CipherTrust Cloud Key Manager

Usage: cckm-simulator [OPTIONS]

      --port <PORT>      Port to listen on; 0 takes a free one [default: 8080]
      --bind <ADDRESS>   Address to listen on [default: 127.0.0.1]; any other than
                         loopback shuts /simulator/
      --tls              Speak HTTPS with a self-signed certificate
      --dist <FOLDER>    Serve the built console from this folder
      --prefix <PATH>    Serve the console at this path too, as in /a/b/
      --seed <NUMBER>    Seed of the generated jobs [default: 1]
      --jobs <NUMBER>    Generated jobs [default: 3000]; 0 leaves the documented samples
      --items <NUMBER>   Items of the largest job [default: 100000]
      --help             Print this
";

/// What was asked for.
pub enum Wanted {
    /// The help text.
    Help,
    /// A server.
    Run(Arguments),
}

/// The options, with their defaults.
pub struct Arguments {
    pub port: u16,
    pub bind: IpAddr,
    pub tls: bool,
    pub dist: Option<PathBuf>,
    pub prefix: Option<String>,
    pub seed: u64,
    pub jobs: usize,
    pub items: usize,
}

/// Reads the command line of this process.
pub fn parse() -> Result<Wanted, String> {
    let mut arguments = Arguments {
        port: 8080,
        bind: Ipv4Addr::LOCALHOST.into(),
        tls: false,
        dist: None,
        prefix: None,
        seed: 1,
        jobs: 3000,
        items: 100_000,
    };
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        let Arg::Long(name) = argument else {
            return Err(argument.unexpected().to_string());
        };
        match name.to_owned().as_str() {
            "port" => arguments.port = value(&mut parser)?,
            "bind" => arguments.bind = value(&mut parser)?,
            "tls" => arguments.tls = true,
            "dist" => arguments.dist = Some(value(&mut parser)?),
            "prefix" => arguments.prefix = Some(value(&mut parser)?),
            "seed" => arguments.seed = value(&mut parser)?,
            "jobs" => arguments.jobs = value(&mut parser)?,
            "items" => arguments.items = value(&mut parser)?,
            "help" => return Ok(Wanted::Help),
            other => return Err(format!("unknown option --{other}")),
        }
    }
    Ok(Wanted::Run(arguments))
}

fn value<T: FromStr>(parser: &mut Parser) -> Result<T, String>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let value = parser.value().map_err(|error| error.to_string())?;
    value.parse().map_err(|error| error.to_string())
}
