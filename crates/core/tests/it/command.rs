//! Commands to copy: a real shell parses each as exactly one command with the intended arguments.
#![allow(clippy::unwrap_used)]

use std::process::Command as Process;

use cckm_core::api::command::{curl, job, list};
use cckm_core::api::request::Request;
use cckm_core::api::requests;
use cckm_core::family::{FAMILIES, Family};
use cckm_core::route::{JobListRoute, JobRoute, Route, decode};
use proptest::prelude::*;

const BASE: &str = "https://cm.example.com/api";

/// The words that a shell parses from `command`, with `$JWT` set. `curl` and `ksctl` are functions that print them.
fn words(command: &str) -> Vec<String> {
    let script = format!(
        "print() {{ printf '%s\\0' \"$@\"; }}; curl() {{ print curl \"$@\"; }}; ksctl() {{ print ksctl \"$@\"; }}\n\
         JWT=the.token\n{command}\n"
    );
    let output = Process::new("sh").arg("-c").arg(&script).output().unwrap();
    assert!(output.stderr.is_empty(), "{command}: {output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

fn family(path: &str) -> &'static Family {
    Family::by_path(path).unwrap()
}

fn jobs(query: &str) -> JobListRoute {
    match decode(query).0 {
        Route::JobList(route) => route,
        other => panic!("{other:?} is not a list"),
    }
}

const HOSTILE: [&str; 14] = [
    "'",
    "''; rm -rf ~ #",
    "\"; echo $JWT; \"",
    "$(touch /tmp/pwned)",
    "`id`",
    "a\nb\n\nrm",
    "a\\",
    "\\'",
    "-rf",
    "--help",
    "a b\tc",
    "{1..9}[a-z]*?",
    "%00%0a+ü",
    "!!",
];

#[test]
fn hostile_id_stays_one_word() {
    for id in HOSTILE {
        for family in &FAMILIES {
            for command in job(BASE, &JobRoute::new(family, id)) {
                let curl = words(&command.curl);
                assert_eq!(curl[0], "curl");
                assert!(curl[3].starts_with(&format!("{BASE}/{}/", family.api_path())));
                assert_eq!(curl[5], "Authorization: Bearer the.token");
                let has_body = !["This job", "Delete it"].contains(&command.title);
                assert_eq!(curl.len(), if has_body { 12 } else { 8 }, "{curl:?}");
                if let Some(ksctl) = command.ksctl {
                    let ksctl = words(&ksctl);
                    assert_eq!(*ksctl.last().unwrap(), format!("--id={id}"));
                }
            }
        }
    }
}

/// A terminal would interpret such characters. A URL encodes them; `ksctl` has no encoding for them.
#[test]
fn id_with_control_characters_has_no_ksctl_command() {
    for id in ["a\nb", "\u{3}rm", "a\u{7f}", "\u{1b}[A", "\u{202e}txt", "\0", "\u{9b}1"] {
        let commands = job(BASE, &JobRoute::new(family("azure/bulkjobs"), id));
        for command in commands {
            assert_eq!(command.ksctl, None, "{id:?}");
            let is_plain =
                |letter: char| letter == '\n' || letter == ' ' || letter.is_ascii_graphic();
            assert!(command.curl.chars().all(is_plain), "{}", command.curl);
        }
    }
}

#[test]
fn body_is_sent_as_the_same_json() {
    for text in HOSTILE.into_iter().chain(["\u{7f}", "\u{202e}", "\u{2028}", "@/etc/passwd"]) {
        let body = serde_json::to_string(&[text]).unwrap();
        let words = words(&curl(BASE, &requests::create(family("aws/bulkjob"), &body)));
        let sent: Vec<String> = serde_json::from_str(words.last().unwrap()).unwrap();
        assert_eq!(sent, [text]);
        assert_eq!(words[words.len() - 2], "--data-raw");
    }
}

#[test]
fn command_omits_secrets() {
    let request = Request::post("v1/auth/tokens/", r#"{"password":"p'w"}"#).with_secret("p'w");
    let text = curl(BASE, &request);
    assert!(!text.contains("p'") && !text.contains("pw"), "{text}");
    assert_eq!(words(&text).last().unwrap(), "{}");
}

#[test]
fn job_commands_match_the_documentation() {
    let command = &job(BASE, &JobRoute::new(family("aws/bulkjob"), "e6-4f"))[1];
    assert_eq!(
        command.curl,
        "curl --request POST 'https://cm.example.com/api/v1/cckm/aws/bulkjob/e6-4f/cancel' \\\n  \
         --header \"Authorization: Bearer $JWT\" \\\n  --header 'Accept: application/json' \\\n  \
         --header 'Content-Type: application/json' \\\n  --data-raw '{}'"
    );
    assert_eq!(command.ksctl.as_deref(), Some("ksctl cckm aws bulkjob cancel --id=e6-4f"));
    let titles = |path| {
        let commands = job(BASE, &JobRoute::new(family(path), "1"));
        commands.iter().map(|command| command.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("azure/bulkjobs"), ["This job", "Cancel it", "Delete it"]);
    assert_eq!(titles("sap/keys/jobs"), ["This job"]);
}

#[test]
fn list_command_has_known_flags_and_names_omitted_filters() {
    let command =
        list(BASE, &jobs("?jobs=aws/bulkjob&overall_status=in_progress&cloud=aws&skip=20"));
    assert_eq!(
        command.ksctl.as_deref(),
        Some(
            "ksctl cckm aws bulkjob list --overall-status=in_progress --cloud-name=aws --sort=-createdAt --skip=20 --limit=20"
        )
    );
    assert_eq!(command.omitted, [""; 0]);
    assert_eq!(
        words(&command.curl)[3],
        format!(
            "{BASE}/v1/cckm/aws/bulkjob?overall_status=in_progress&cloud=aws&sort=-createdAt&skip=20&limit=20"
        )
    );
    // Several values of one filter are omitted: the flag may take only one.
    let command = list(BASE, &jobs("?jobs=google/synchronization-jobs&key_rings=a&key_rings=b"));
    assert_eq!(command.omitted, ["key_rings"]);
    let command = list(BASE, &jobs("?jobs=azure/synchronization-jobs&key_vaults=it's"));
    assert_eq!(command.ksctl.as_deref(), Some("ksctl cckm azure keys synchronization-jobs status"));
    assert_eq!(command.omitted, ["key_vaults", "skip", "limit"]);
    let command = list(BASE, &jobs("?jobs=dsm/refresh"));
    assert_eq!((command.ksctl, command.omitted), (None, Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_id_stays_one_word(id in "[^\\x00]{1,30}") {
        for command in job(BASE, &JobRoute::new(family("azure/bulkjobs"), id.clone())) {
            let curl = words(&command.curl);
            prop_assert!(curl.len() == 8 || curl.len() == 12);
            if let Some(ksctl) = command.ksctl {
                let ksctl = words(&ksctl);
                prop_assert_eq!(ksctl.len(), 6);
                prop_assert_eq!(ksctl.last(), Some(&format!("--id={id}")));
            }
        }
    }
}
