//! The program on the command line.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cckm-simulator")).args(arguments).output().unwrap()
}

#[test]
fn help_names_every_option() {
    let help = run(&["--help"]);
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).unwrap();
    for option in ["port", "bind", "tls", "dist", "prefix", "at", "seed", "jobs", "items", "help"] {
        assert!(text.contains(&format!("--{option}")), "{option}");
    }
}

#[test]
fn address_in_use_prints_one_line_and_exits_with_1() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["--port", &port, "--jobs", "0"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert!(text.contains(&port) && text.contains("in use"), "{text}");
}

#[test]
fn wrong_option_prints_one_line_and_exits_with_2() {
    for arguments in
        [&["--port", "many"][..], &["--nonsense"], &["--port"], &["--at", "noon"], &["word"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);
    }
}

/// The program; it is killed afterwards.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn program_prints_its_url_and_how_to_sign_in() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cckm-simulator"));
    command.args(["--port", "0", "--jobs", "50", "--items", "100", "--tls"]);
    let mut started = Started(command.stdout(Stdio::piped()).spawn().unwrap());
    let output = BufReader::new(started.0.stdout.take().unwrap());
    let lines: Vec<_> = output.lines().take(2).map(Result::unwrap).collect();
    assert!(lines[0].starts_with("https://127.0.0.1:"), "{lines:?}");
    assert!(lines[1].contains("admin") && lines[1].contains("password"), "{lines:?}");
}
