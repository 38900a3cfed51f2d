//! What a start takes, against CONTRACT.md 3: what is refused, what is sent, what is told of it.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::family::start_api::Kind;
use cckm_core::family::{FAMILIES, Family};
use cckm_core::start::{Draft, Entries, Proof, entries, prefill, proof, summary};

fn draft(path: &str, values: &[(&str, &str)]) -> Draft {
    let api = Family::of_path(path).unwrap().start.unwrap();
    let mut draft = Draft::of(api);
    for (member, text) in values {
        let at = api.at(member).unwrap_or_else(|| panic!("{path}: {member}"));
        draft.set(at, (*text).to_owned());
    }
    draft
}

/// The members that have something wrong, with the words.
fn faults(draft: &Draft) -> Vec<(&'static str, String)> {
    let faults = draft.faults().into_iter();
    let told = faults.map(|fault| (draft.api.fields[fault.field].member, fault.text));
    told.collect()
}

#[track_caller]
fn refuses(path: &str, values: &[(&str, &str)], member: &str, words: &str) {
    let told = faults(&draft(path, values));
    let found = told
        .iter()
        .any(|(at, text)| *at == member && text.contains(words));
    assert!(found, "{path} {values:?}: {told:?}");
}

const AWS: &str = "aws/synchronization-jobs";
const BULK: &str = "aws/bulkjob";
const AZURE: &str = "azure/bulkjobs";

fn keys(count: usize) -> String {
    let keys: Vec<String> = (0..count).map(|at| format!("key-{at}")).collect();
    keys.join("\n")
}

#[test]
fn what_cannot_be_sent_names_its_field() {
    refuses(AWS, &[], "kms", "at least one of these");
    refuses(AWS, &[("kms", " , \n,")], "kms", "at least one");
    refuses(AWS, &[("regions", "eu-west-1")], "kms", "KMS");
    let both = [("kms", "a"), ("synchronize_all", "true")];
    refuses(AWS, &both, "kms", "does not go together");
    let both = [("regions", "a"), ("synchronize_all", "true")];
    refuses(AWS, &both, "regions", "All regions of all KMS");
    refuses(BULK, &[], "operation", "Choose one");
    refuses(BULK, &[], "keys", "needed");
    refuses(BULK, &[("operation", "shred")], "operation", "Choose one");
    refuses(
        BULK,
        &[("operation", "enablekey"), ("keys", &keys(101))],
        "keys",
        "101 keys: one job takes 100",
    );
    for days in ["", "6", "31", "7.5", "-7", "+7", "seven", "99999999999"] {
        let values = [
            ("operation", "schedulekeydeletion"),
            ("keys", "a"),
            ("days", days),
        ];
        refuses(
            BULK,
            &values,
            "days",
            if days.is_empty() {
                "needed"
            } else {
                "from 7 to 30"
            },
        );
    }
    let values = [("operation", "applypolicytemplate"), ("keys", "a")];
    refuses(BULK, &values, "policy_template_id", "needed");
    refuses(AZURE, &[], "key_id", "at least one of these: Of one key");
    let both = [("key_id", "a"), ("keys", "b")];
    refuses(AZURE, &both, "key_id", "Of several keys");
    let both = [("keys", "a"), ("vault_id", "b")];
    refuses(AZURE, &both, "keys", "Of all keys of a vault");
    for time in ["yesterday", "2026-01-31", "2026-13-01T00:00:00Z"] {
        let values = [("vault_id", "v"), ("created_after", time)];
        refuses(AZURE, &values, "created_after", "no instant");
    }
    let values = [
        ("vault_id", "v"),
        ("created_after", "2026-02-01T00:00:00Z"),
        ("created_before", "2026-01-01T00:00:00Z"),
    ];
    refuses(AZURE, &values, "created_before", "Nothing is created");
    for body in ["{", "[]", "3", "{} {}", "\"text\""] {
        refuses("sap/keys/jobs", &[("", body)], "", "no JSON object");
    }
    let both = [("partitions", "a"), ("", "{}")];
    refuses("hsm/luna/refresh", &both, "partitions", "Empty this");
    let google = "google/update-all-versions-jobs";
    refuses(google, &[("operation", "enable")], "key_id", "needed");
}

#[test]
fn only_what_was_given_is_sent_and_in_order() {
    for (path, values, body) in [
        (
            AWS,
            &[("synchronize_all", "true")][..],
            r#"{"synchronize_all":true}"#,
        ),
        (
            AWS,
            &[("regions", "eu-west-1, eu-west-2"), ("kms", "a\n\"b\"")],
            r#"{"kms":["a","\"b\""],"regions":["eu-west-1","eu-west-2"]}"#,
        ),
        // What belongs to another operation stays in the form and is not sent.
        (
            BULK,
            &[
                ("operation", "enablekey"),
                ("keys", "a,a,b"),
                ("days", "7"),
                ("policy_template_id", "t"),
            ],
            r#"{"operation":"enablekey","keys":["a","b"]}"#,
        ),
        (
            BULK,
            &[
                ("operation", "schedulekeydeletion"),
                ("keys", "a"),
                ("days", " 30 "),
            ],
            r#"{"operation":"schedulekeydeletion","keys":["a"],"days":30}"#,
        ),
        (
            BULK,
            &[
                ("operation", "applypolicytemplate"),
                ("keys", "a"),
                ("policy_template_id", "t"),
            ],
            r#"{"operation":"applypolicytemplate","keys":["a"],"policy_template_id":"t"}"#,
        ),
        (
            "azure/synchronization-jobs",
            &[("key_vaults", "v"), ("take_cloud_key_backup", "true")],
            r#"{"key_vaults":["v"],"take_cloud_key_backup":true}"#,
        ),
        (
            AZURE,
            &[
                ("keys", "k"),
                ("backups", "b"),
                ("created_before", "2026-01-31T00:00:00Z"),
            ],
            r#"{"operation":"delete-key-backups","delete_key_backups_param":{"keys":["k"],"backups":["b"],"created_before":"2026-01-31T00:00:00Z"}}"#,
        ),
        (
            "google/update-all-versions-jobs",
            &[("operation", "disable"), ("key_id", "k")],
            r#"{"operation":"disable","key_id":"k"}"#,
        ),
        (
            "sfdc/keys/synchronization-jobs",
            &[("organization_ids", "o")],
            r#"{"organization_ids":["o"]}"#,
        ),
        ("sap/keys/jobs", &[], "{}"),
        ("dsm/refresh", &[("", " {\"x\": 1} ")], "{\"x\": 1}"),
    ] {
        let draft = draft(path, values);
        assert_eq!(faults(&draft), [], "{path}");
        assert_eq!(draft.body(), body);
    }
}

#[test]
fn lists_as_people_paste_them() {
    let list = |typed: &str| entries(typed).list.join("|");
    assert_eq!(list(""), "");
    assert_eq!(list(" , ,\n\n,"), "");
    assert_eq!(list("a\r\nb , c,\n d"), "a|b|c|d");
    assert_eq!(list("[\"a,b\", \"c\", 7]"), "a,b|c|7");
    assert_eq!(list("[a"), "[a");
    let told = entries("a,,b\n\na,b,\nc\n\n\n");
    let list = ["a", "b", "c"].map(str::to_owned).to_vec();
    let (repeated, blank) = (2, 2);
    assert_eq!(
        told,
        Entries {
            list,
            repeated,
            blank
        }
    );
    assert_eq!(told.left_out(), "Left out: 2 repeated, 2 empty");
    assert_eq!(entries("a,b").left_out(), "");
}

#[test]
fn what_will_happen_and_to_how_many() {
    let nothing = &Proof::Nothing;
    for (path, values, told, typed) in [
        (
            AWS,
            &[("synchronize_all", "true")][..],
            "Synchronizes all regions of all KMS",
            nothing,
        ),
        (
            AWS,
            &[("kms", "a,b")],
            "Synchronizes all regions of 2 KMS",
            nothing,
        ),
        (
            AWS,
            &[("kms", "a"), ("regions", "x,y")],
            "Synchronizes 2 regions of 1 KMS",
            nothing,
        ),
        (
            BULK,
            &[("operation", "disablekey"), ("keys", "a")],
            "Disables 1 key",
            nothing,
        ),
        (
            BULK,
            &[
                ("operation", "schedulekeydeletion"),
                ("keys", &keys(12)),
                ("days", "7"),
            ],
            "Schedules the deletion of 12 keys in 7 days",
            &Proof::Count(12),
        ),
        (
            BULK,
            &[
                ("operation", "applypolicytemplate"),
                ("keys", "a"),
                ("policy_template_id", "t"),
            ],
            "Applies a policy template to 1 key|Policy template id: t",
            nothing,
        ),
        (
            "azure/synchronization-jobs",
            &[
                ("synchronize_all", "true"),
                ("take_cloud_key_backup", "true"),
            ],
            "Synchronizes all key vaults|Back the keys up from the cloud too",
            nothing,
        ),
        (
            AZURE,
            &[("backups", "a,b,c")],
            "Deletes 3 backups",
            &Proof::Count(3),
        ),
        (
            AZURE,
            &[("keys", "a,b"), ("created_after", "2026-01-01T00:00:00Z")],
            "Deletes the backups of 2 keys|Only what was created after: 2026-01-01T00:00:00Z|How many that are is not known beforehand",
            &Proof::Count(2),
        ),
        (
            AZURE,
            &[("vault_id", "v-1")],
            "Deletes the backups of 1 vault|Of all keys of a vault: v-1|How many that are is not known beforehand",
            &Proof::Name("v-1".to_owned()),
        ),
        (
            "google/update-all-versions-jobs",
            &[("operation", "schedule_destroy"), ("key_id", "k")],
            "Schedules the destruction of all versions of 1 key|Key id: k|How many that are is not known beforehand",
            &Proof::Name("k".to_owned()),
        ),
        (
            "google/update-all-versions-jobs",
            &[("operation", "cancel_destroy"), ("key_id", "k")],
            "Cancels the destruction of all versions of 1 key|Key id: k",
            nothing,
        ),
        (
            "dsm/refresh",
            &[("synchronize_all", "true")],
            "Refreshes all domains",
            nothing,
        ),
    ] {
        let draft = draft(path, values);
        assert_eq!(faults(&draft), []);
        assert_eq!(summary(&draft).join("|"), told);
        assert_eq!(proof(&draft), *typed, "{told}");
    }
}

#[test]
fn of_a_body_as_it_is_nothing_is_told() {
    for draft in [
        draft("sap/keys/jobs", &[]),
        draft("dsm/refresh", &[("", "{}")]),
    ] {
        assert!(summary(&draft)[0].contains("this console cannot tell"));
    }
}

#[test]
fn the_table_holds_together() {
    for family in &FAMILIES {
        let Some(api) = family.start else { continue };
        for field in api.fields {
            let members = field.excludes.iter().chain(api.one_of);
            for member in members {
                assert!(api.at(member).is_some(), "{}: {member}", family.path);
            }
            assert!(!field.label.is_empty());
            let same = api.fields.iter().filter(|own| own.member == field.member);
            assert_eq!(same.count(), 1, "{}: {}", family.path, field.member);
            let same = api.fields.iter().filter(|own| own.label == field.label);
            assert_eq!(same.count(), 1, "{}: {}", family.path, field.label);
        }
        // What tells what was asked for can be asked for.
        if let Some(asked) = family.asked {
            let told = api.fields.iter().any(|field| field.told == asked.member);
            assert!(told, "{}", family.path);
        }
        let documented = api.fields.iter().all(|field| field.kind != Kind::Json);
        let inferred = family.path.contains("refresh")
            || ["sap/keys/jobs", "sfdc/certificates/synchronization-jobs"].contains(&family.path);
        assert_eq!(documented, !inferred, "{}", family.path);
        assert!(
            documented || api.note.contains("No document"),
            "{}",
            family.path
        );
    }
}

fn repeat(path: &str, job: &str, failed: bool) -> (String, String) {
    let family = Family::of_path(path).unwrap();
    let job = decode::job(job.as_bytes()).unwrap();
    let again = prefill(family, family.start.unwrap(), &job, failed);
    (again.draft.body(), again.remarks.join("|"))
}

#[test]
fn a_job_once_more() {
    let sync = r#"{"id":"x","kms":["a","b"],"regions":["r1","r2","r3"],"detailed_status":
        {"1/r1":"region synchronized successfully","1/r2":"failed","2/r2":"failed","2/r9":"failed"}}"#;
    let (body, said) = repeat(AWS, sync, false);
    assert_eq!(body, r#"{"kms":["a","b"],"regions":["r1","r2","r3"]}"#);
    assert!(said.contains("whether everything was asked for"), "{said}");
    let (body, said) = repeat(AWS, sync, true);
    assert_eq!(body, r#"{"kms":["a","b"],"regions":["r2"]}"#);
    assert!(said.contains("1 item that failed is not among"), "{said}");
    assert!(said.contains("accounts by number"), "{said}");

    let bulk = r#"{"id":"x","operation":"schedulekeydeletion","keys":["a","b"],
        "detailed_status":{"a":"Success","b":"NCERRConflict"}}"#;
    let (body, said) = repeat(BULK, bulk, true);
    assert_eq!(body, r#"{"operation":"schedulekeydeletion","keys":["b"]}"#);
    assert_eq!(
        said,
        "The job does not tell these, so enter them again: Days until the deletion"
    );
    let done = r#"{"id":"x","operation":"shred","keys":["a"],"detailed_status":{"a":"Success"}}"#;
    let (body, said) = repeat(BULK, done, true);
    assert_eq!(body, "{}");
    assert!(said.contains("does not know the operation of the job: shred"));
    assert!(said.contains("Nothing of this job has failed"), "{said}");

    // Trap 11: another name in the request than in the job.
    let sfdc = r#"{"id":"x","organizations":["o"],"detailed_status":{"o":"failed"}}"#;
    let (body, _) = repeat("sfdc/keys/synchronization-jobs", sfdc, true);
    assert_eq!(body, r#"{"organization_ids":["o"]}"#);

    let backups = r#"{"id":"x","operation":"delete-key-backups","detailed_status":{"b":"failed"}}"#;
    let (body, said) = repeat(AZURE, backups, true);
    assert_eq!(body, r#"{"operation":"delete-key-backups"}"#);
    assert!(said.contains("cannot be told apart"), "{said}");
    assert!(said.contains("Of one key, Of several keys"), "{said}");
    let versions =
        r#"{"id":"x","operation":"disable","key_id":"k","detailed_status":{"k":"failed"}}"#;
    let (body, said) = repeat("google/update-all-versions-jobs", versions, true);
    assert_eq!(body, r#"{"operation":"disable","key_id":"k"}"#);
    assert!(said.contains("what the whole job asked for"), "{said}");
    let (body, said) = repeat("dsm/refresh", r#"{"id":"x","detailed_status":{}}"#, false);
    assert_eq!(body, "{}");
    assert!(said.contains("enter them again: Domains"), "{said}");
}
