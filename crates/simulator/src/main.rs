//! `cckm-simulator`: the simulator as a program.

mod cli;

use std::io::ErrorKind;
use std::process::ExitCode;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::clock::Clock;
use cckm_simulator::server::{Options, start};
use cckm_simulator::{Simulator, Timestamp, World};

use cli::{Arguments, Command};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match cli::parse() {
        Ok(Command::Help) => {
            print!("{}", cli::HELP);
            return ExitCode::SUCCESS;
        }
        Ok(Command::Run(arguments)) => arguments,
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
    let lacks_page = |dist: &std::path::PathBuf| !dist.join("index.html").is_file();
    if arguments.dist.as_ref().is_some_and(lacks_page) {
        return Err("the folder given by --dist holds no index.html".to_owned());
    }
    let (bind, port) = (arguments.bind, arguments.port);
    let options = Options {
        bind,
        port,
        tls: arguments.tls,
        world: world(&arguments),
        dist: arguments.dist,
        prefix: arguments.prefix,
        ..Options::default()
    };
    let server = start(options).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => format!("{bind}:{port} is in use; choose another with --port"),
        _ => format!("cannot serve on {bind}:{port}: {error}"),
    })?;
    println!("{}", server.page_url());
    println!("Sign in as {ADMIN_USER} with the password {ADMIN_PASSWORD}");
    if bind.is_loopback() {
        println!("Clock, faults, jobs: {}/simulator/", server.url());
    }
    tokio::signal::ctrl_c().await.map_err(|error| error.to_string())
}

fn world(arguments: &Arguments) -> World {
    let now = arguments.at.unwrap_or_else(Timestamp::now);
    let simulator = match arguments.jobs {
        None => Simulator::week(arguments.seed, arguments.items, now),
        Some(0) => Simulator::new(arguments.seed),
        Some(jobs) => Simulator::demo(arguments.seed, jobs, arguments.items, now),
    };
    World::new(simulator, arguments.at.map_or(Clock::REAL, Clock::Frozen))
}
