//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::str::FromStr;

use cckm_simulator::Timestamp;
use lexopt::{Arg, Parser, ValueExt as _};

/// What `--help` prints.
pub const HELP: &str = "\
A simulator of the job APIs of CipherTrust Cloud Key Manager

Usage: cckm-simulator [OPTIONS]

      --port <PORT>      Port to listen on; 0 selects a free one [default: 8080]
      --bind <ADDRESS>   Address to listen on [default: 127.0.0.1]; /simulator/ is
                         only available on loopback addresses
      --tls              Use HTTPS with a self-signed certificate
      --dist <FOLDER>    Serve the built console from this folder
      --prefix <PATH>    Also serve the console at this path, as in /a/b/
      --at <TIME>        Freeze the clock at this RFC 3339 time
      --seed <NUMBER>    Seed of the generated jobs [default: 1]
      --jobs <NUMBER>    Random jobs instead of the demo's eight days; 0 means only the
                         documented samples
      --items <NUMBER>   Items of the largest job [default: 100000]
      --help             Print this
";

/// What the command line requests.
pub enum Command {
    /// Print the help text.
    Help,
    /// Run a server.
    Run(Arguments),
}

/// The values of the options.
pub struct Arguments {
    pub port: u16,
    pub bind: IpAddr,
    pub tls: bool,
    pub dist: Option<PathBuf>,
    pub prefix: Option<String>,
    pub at: Option<Timestamp>,
    pub seed: u64,
    pub jobs: Option<usize>,
    pub items: usize,
}

/// Parses the command line of this process; the error is a message for the user.
pub fn parse() -> Result<Command, String> {
    let mut arguments = Arguments {
        port: 8080,
        bind: Ipv4Addr::LOCALHOST.into(),
        tls: false,
        dist: None,
        prefix: None,
        at: None,
        seed: 1,
        jobs: None,
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
            "at" => arguments.at = Some(value(&mut parser)?),
            "seed" => arguments.seed = value(&mut parser)?,
            "jobs" => arguments.jobs = Some(value(&mut parser)?),
            "items" => arguments.items = value(&mut parser)?,
            "help" => return Ok(Command::Help),
            other => return Err(format!("unknown option --{other}")),
        }
    }
    Ok(Command::Run(arguments))
}

fn value<T: FromStr>(parser: &mut Parser) -> Result<T, String>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let value = parser.value().map_err(|error| error.to_string())?;
    value.parse().map_err(|error| error.to_string())
}
