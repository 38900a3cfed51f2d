//! Batches as saved in the browser: by this version, by the one before, and texts that are no batch.

use cckm_core::batch::{Batch, ChunkState, Outcome, Task};
use cckm_core::format::time::Timestamp;
use expect_test::expect;

use crate::support::batch::{job, keys, pause, ready};

/// No server text and no status is saved.
#[test]
fn save_holds_only_ids_and_settings() {
    let mut batch = ready(keys(4), 1);
    for _ in 0..3 {
        batch.next_to_send(9);
    }
    batch.finish(0, Outcome::Refused("SECRET words".to_owned()));
    batch.finish(1, Outcome::Started("the-job".to_owned()));
    batch.finish(2, Outcome::Paused(pause("SECRET permission")));
    let copy = job("copy", "enablekey", &keys(2)[1..], "2026-11-21T10:02:00Z");
    batch.find_duplicates(&[copy], &std::collections::HashSet::new());
    expect![[r#"{"version":2,"task":{"operation":"enablekey","value":""},"chunk_size":1,"baseline":{"since":1795255200000,"existing":[]},"paused_until":null,"chunks":["refused",{"started":"the-job"},"waiting","waiting"],"duplicates":{"1":["copy"]}}"#]]
    .assert_eq(&batch.save());
    expect![[r#"["key 0","key 1","key 2","key 3"]"#]].assert_eq(&batch.save_keys());
}

/// As the version before wrote it.
#[test]
fn load_version_1_same_batch() {
    let text = "operation=schedulekeydeletion&value=%3D7&most=2&at=https%3A%2F%2Fcckm.example%2Fapi%2F+d-1\
                &since=1795255200000&before=old%261&until=5000&refused=&started=the-job&twin=copy&lost=&waiting=";
    let batch = Batch::load(text, "k%3D&l+m&c&d&e&f&g").unwrap();
    let task = Task { operation: "schedulekeydeletion".to_owned(), value: "=7".to_owned() };
    assert_eq!(batch.task(), &task);
    assert!(batch.is_bound_to("https://cckm.example/api/ d-1"));
    assert_eq!(batch.since(), Some(Timestamp::from_ms(1_795_255_200_000)));
    let chunks = batch.chunks();
    assert_eq!(chunks[0].keys, ["k=", "l m"]);
    assert_eq!(chunks[3].keys, ["g"]);
    let states = [
        ChunkState::Refused(String::new()),
        ChunkState::Started("the-job".to_owned()),
        ChunkState::Lost,
        ChunkState::Waiting,
    ];
    assert!(chunks.iter().map(|chunk| &chunk.state).eq(&states));
    assert_eq!(chunks[1].duplicates, ["copy"]);
    let pause = batch.pause_reason().unwrap();
    assert_eq!(pause.until, Some(Timestamp::from_ms(5_000)));
    // From then on it is saved in the present form.
    assert_eq!(Batch::load(&batch.save(), &batch.save_keys()), Some(batch));
}

#[test]
fn load_finished_batch_not_paused() {
    let finished = Batch::load("operation=x&most=1&started=j", "k").unwrap();
    assert_eq!(finished.pause_reason(), None);
    let open = Batch::load("operation=x&most=1&waiting=", "k").unwrap();
    assert!(open.pause_reason().is_some());
}

#[test]
fn load_other_texts_none() {
    let v1 = "operation=x&value=&most=1&waiting=";
    let v2 =
        r#"{"version":2,"task":{"operation":"x","value":""},"chunk_size":1,"chunks":["waiting"]}"#;
    assert!(Batch::load(v1, "a").is_some() && Batch::load(v2, r#"["a"]"#).is_some());
    assert!(Batch::load(v1, r#"["a"]"#).is_some(), "keys and progress are saved apart");
    for (text, keys) in [
        ("", ""),
        ("", "a"),
        (v1, ""),
        (v1, "a&b"),
        (v1, "a&a"),
        (v1, "+"),
        (v1, "a=b"),
        ("operation=x&most=1&waiting=&waiting=", "a"),
        ("operation=x&most=2&waiting=&waiting=", "a&a"),
        ("operation=x&most=0&waiting=", "a"),
        ("operation=x&most=-1&waiting=", "a"),
        ("operation=x&waiting=", "a"),
        ("most=1&waiting=", "a"),
        ("value=7&operation=x&most=1&waiting=", "a"),
        ("operation=x&operation=y&most=1&waiting=", "a"),
        ("operation=x&most=1&before=j&waiting=", "a"),
        ("operation=x&most=1&started=", "a"),
        ("operation=x&most=1&paused=", "a"),
        ("operation=x&most=1&at=a&at=b&waiting=", "a"),
        ("operation=x&most=1&twin=t&waiting=", "a"),
        ("{}", "{}"),
        (v2, ""),
        (v2, "[]"),
        (v2, "[1]"),
        (v2, r#"[" "]"#),
        (v2, r#"["a","a"]"#),
        (v2, r#"["a","b"]"#),
        (&v2[1..], r#"["a"]"#),
        (&v2[..v2.len() - 1], r#"["a"]"#),
        (&v2.replace(":2", ":3"), r#"["a"]"#),
        (&v2.replace(":1", ":0"), r#"["a"]"#),
        (&v2.replace(":1", ":-1"), r#"["a"]"#),
        (&v2.replace("\"waiting\"", r#"{"started":""}"#), r#"["a"]"#),
        (&v2.replace("waiting", "done"), r#"["a"]"#),
    ] {
        assert_eq!(Batch::load(text, keys), None, "{text} {keys}");
    }
}
