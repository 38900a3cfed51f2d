//! `cckm-simulator`: the simulator as a program. Must hold nothing but its command line.

mod cli;

use std::io::ErrorKind;
use std::process::ExitCode;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::clock::Clock;
use cckm_simulator::server::{Options, start};
use cckm_simulator::{Simulator, Timestamp, World};

use cli::{Arguments, Wanted};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match cli::parse() {
        Ok(Wanted::Help) => {
            print!("{}", cli::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Wanted::Run(arguments)) => arguments,
        Err(message) => {
            eprintln!("cckm-simulator: {message} (see --help)");
            return ExitCode::from(2);
        }
    };
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cckm-simulator: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let now = Timestamp::now();
    let (seed, items) = (arguments.seed, arguments.items);
    let simulator = match arguments.jobs {
        0 => Simulator::new(seed),
        jobs => Simulator::demo(seed, jobs, items, now),
    };
    if arguments
        .dist
        .as_ref()
        .is_some_and(|dist| !dist.join("index.html").is_file())
    {
        return Err("the folder given by --dist holds no index.html".to_owned());
    }
    let (bind, port) = (arguments.bind, arguments.port);
    let options = Options {
        bind,
        port,
        tls: arguments.tls,
        dist: arguments.dist,
        prefix: arguments.prefix,
        world: World::new(simulator, Clock::REAL),
        ..Options::default()
    };
    let running = start(options).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!("{bind}:{port} is in use; choose another with --port"),
        _ => format!("cannot serve on {bind}:{port}: {error}"),
    })?;
    println!("{}", running.page_url());
    println!("Sign in as {ADMIN_USER} with the password {ADMIN_PASSWORD}");
    if bind.is_loopback() {
        println!("Clock, faults, jobs: {}/simulator/", running.url());
    }
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| error.to_string())
}
