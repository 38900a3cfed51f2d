//! The form of a start, against CONTRACT.md 3: its checks, its body, its summary, and how a job fills it in.

use cckm_core::family::Family;
use cckm_core::start::{Draft, EntryChoice, Proof};

fn draft(path: &str, values: &[(&str, &str)]) -> Draft {
    let api = Family::by_path(path).unwrap().start.unwrap();
    let mut draft = Draft::new(api);
    for (member, text) in values {
        let at = api.position(member).unwrap_or_else(|| panic!("{path}: {member}"));
        draft.set(at, (*text).to_owned());
    }
    draft
}

/// The members with an error, and its message.
fn errors(draft: &Draft) -> Vec<(&'static str, String)> {
    draft
        .validate()
        .into_iter()
        .map(|error| (draft.api.fields[error.field].member, error.message))
        .collect()
}

const AWS: &str = "aws/synchronization-jobs";
const BULK: &str = "aws/bulkjob";
const AZURE: &str = "azure/bulkjobs";
const SAP: &str = "sap/keys/jobs";

fn keys(count: usize) -> String {
    let keys: Vec<String> = (0..count).map(|at| format!("key-{at}")).collect();
    keys.join("\n")
}

#[test]
fn invalid_form_has_an_error_at_its_field() {
    const SCHEDULED: (&str, &str) = ("operation", "schedulekeydeletion");
    const GOOGLE: &str = "google/update-all-versions-jobs";
    let too_many = keys(101);
    for (path, values, member, message) in [
        (AWS, &[][..], "kms", "at least one of these"),
        (AWS, &[("kms", " , \n,")], "kms", "at least one"),
        (AWS, &[("regions", "eu-west-1")], "kms", "KMS"),
        (AWS, &[("kms", "a"), ("synchronize_all", "true")], "kms", "does not go together"),
        (
            AWS,
            &[("regions", "a"), ("synchronize_all", "true")],
            "regions",
            "All regions of all KMS",
        ),
        (BULK, &[], "operation", "Choose one"),
        (BULK, &[], "keys", "required"),
        (BULK, &[("operation", "shred")], "operation", "Choose one"),
        (
            BULK,
            &[("operation", "enablekey"), ("keys", &too_many)],
            "keys",
            "101 keys: one job takes at most 100",
        ),
        (BULK, &[SCHEDULED, ("days", "")], "days", "required"),
        (BULK, &[SCHEDULED, ("days", "6")], "days", "from 7 to 30"),
        (BULK, &[SCHEDULED, ("days", "31")], "days", "from 7 to 30"),
        (BULK, &[SCHEDULED, ("days", "7.5")], "days", "from 7 to 30"),
        (BULK, &[SCHEDULED, ("days", "-7")], "days", "from 7 to 30"),
        (BULK, &[SCHEDULED, ("days", "+7")], "days", "from 7 to 30"),
        (BULK, &[SCHEDULED, ("days", "seven")], "days", "from 7 to 30"),
        (BULK, &[SCHEDULED, ("days", "99999999999")], "days", "from 7 to 30"),
        (
            BULK,
            &[("operation", "applypolicytemplate"), ("keys", "a")],
            "policy_template_id",
            "required",
        ),
        (AZURE, &[], "key_id", "at least one of these: Of one key"),
        (AZURE, &[("key_id", "a"), ("keys", "b")], "key_id", "Of several keys"),
        (AZURE, &[("keys", "a"), ("vault_id", "b")], "keys", "Of all keys of a vault"),
        (
            AZURE,
            &[("vault_id", "v"), ("created_after", "yesterday")],
            "created_after",
            "not a time",
        ),
        (
            AZURE,
            &[("vault_id", "v"), ("created_after", "2026-01-31")],
            "created_after",
            "not a time",
        ),
        (
            AZURE,
            &[("vault_id", "v"), ("created_after", "2026-13-01T00:00:00Z")],
            "created_after",
            "not a time",
        ),
        (
            AZURE,
            &[
                ("vault_id", "v"),
                ("created_after", "2026-02-01T00:00:00Z"),
                ("created_before", "2026-01-01T00:00:00Z"),
            ],
            "created_before",
            "later than “Created after”",
        ),
        (SAP, &[("", "{")], "", "not a JSON object"),
        (SAP, &[("", "[]")], "", "not a JSON object"),
        (SAP, &[("", "3")], "", "not a JSON object"),
        (SAP, &[("", "{} {}")], "", "not a JSON object"),
        (SAP, &[("", "\"text\"")], "", "not a JSON object"),
        ("hsm/luna/refresh", &[("partitions", "a"), ("", "{}")], "partitions", "Empty this field"),
        (GOOGLE, &[("operation", "enable")], "key_id", "required"),
    ] {
        let errors = errors(&draft(path, values));
        let is_found = errors.iter().any(|(own, text)| *own == member && text.contains(message));
        assert!(is_found, "{path} {values:?}: {errors:?}");
    }
}

#[test]
fn body_holds_given_values_in_order() {
    for (path, values, body) in [
        (AWS, &[("synchronize_all", "true")][..], r#"{"synchronize_all":true}"#),
        (
            AWS,
            &[("regions", "eu-west-1, eu-west-2"), ("kms", "a\n\"b\"\nc \"d\"")],
            r#"{"kms":["a","b","c \"d\""],"regions":["eu-west-1","eu-west-2"]}"#,
        ),
        // Fields of another operation stay in the form and are not sent.
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
            &[("operation", "schedulekeydeletion"), ("keys", "a"), ("days", " 30 ")],
            r#"{"operation":"schedulekeydeletion","keys":["a"],"days":30}"#,
        ),
        (
            BULK,
            &[("operation", "applypolicytemplate"), ("keys", "a"), ("policy_template_id", "t")],
            r#"{"operation":"applypolicytemplate","keys":["a"],"policy_template_id":"t"}"#,
        ),
        (
            "azure/synchronization-jobs",
            &[("key_vaults", "v"), ("take_cloud_key_backup", "true")],
            r#"{"key_vaults":["v"],"take_cloud_key_backup":true}"#,
        ),
        (
            AZURE,
            &[("keys", "k"), ("backups", "b"), ("created_before", "2026-01-31T00:00:00Z")],
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
        assert_eq!(errors(&draft), [], "{path}");
        assert_eq!(draft.body(), body);
    }
}

#[test]
fn list_field_reads_names_of_any_form_and_counts_what_it_leaves_out() {
    for (typed, kept, summary) in [
        ("", &[][..], "0 KMS"),
        ("a\r\nb , c,\n d", &["a", "b", "c", "d"], "4 KMS"),
        ("[\"a,b\", \"c\", 7]", &["a,b", "c", "7"], "3 KMS"),
        ("[a, b]", &["a", "b"], "2 KMS"),
        ("a,,b\n\na,b,\nc\n\n\n", &["a", "b", "c"], "3 KMS. Left out: 2 repeated, 2 blank"),
        // Names may be anything, also what a list of key ids leaves out.
        (
            "kms\nkey\nprod [eu]\nalias/x\nO'Brien",
            &["kms", "key", "prod [eu]", "alias/x", "O'Brien"],
            "5 KMS",
        ),
        ("eu-1,eu-2\nus-1,us-2", &["eu-1", "eu-2", "us-1", "us-2"], "4 KMS"),
        ("[\"a\",\"b\nc", &["c"], "1 KMS. Left out: 2 entries with brackets or quotes"),
        (
            "name;region\nprod;eu-1\ntest;eu-2",
            &["prod", "test"],
            "2 KMS. Left out: 1 column header",
        ),
        ("???, a", &["a"], "1 KMS. Left out: 1 placeholder"),
    ] {
        let entries = draft(AWS, &[("kms", typed)]).entries(1).unwrap();
        assert_eq!(entries.list.included, kept, "{typed:?}");
        assert_eq!(entries.list.summary(("KMS", "KMS")), summary, "{typed:?}");
    }
}

#[test]
fn list_field_includes_what_the_person_chooses() {
    let id = "3f2b8a10-77aa-4c1e-9d00-000000000001";
    let mut draft = draft(BULK, &[("operation", "enablekey"), ("keys", &format!("{id}\nalias/a"))]);
    assert_eq!(draft.body(), format!(r#"{{"operation":"enablekey","keys":["{id}"]}}"#));
    let alias = draft.entries(1).unwrap().list.left_out().next().unwrap().shape;
    let mut choice = EntryChoice::default();
    choice.shapes.set(alias, true);
    draft.choose(1, choice);
    assert_eq!(draft.body(), format!(r#"{{"operation":"enablekey","keys":["{id}","alias/a"]}}"#));
}

#[test]
fn list_field_of_which_nothing_is_kept_does_not_mean_everything() {
    let errors = errors(&draft(AWS, &[("kms", "a"), ("regions", "???")]));
    assert_eq!(errors.len(), 1);
    assert!(errors[0].1.contains("Everything here is left out"), "{errors:?}");
    let errors = self::errors(&draft(AWS, &[("kms", "{\"total\":0}")]));
    assert!(errors[0].1.contains("neither a list"), "{errors:?}");
}

#[test]
fn summary_names_effect_and_proof() {
    let nothing = &Proof::None;
    for (path, values, summary, proof) in [
        (AWS, &[("synchronize_all", "true")][..], "Synchronizes all regions of all KMS", nothing),
        (AWS, &[("kms", "a,b")], "Synchronizes all regions of 2 KMS", nothing),
        (AWS, &[("kms", "a"), ("regions", "x,y")], "Synchronizes 2 regions of 1 KMS", nothing),
        (
            AWS,
            &[("kms", "a,b,c"), ("regions", "x,y")],
            "Synchronizes 2 regions of 3 KMS: 6 regions in all",
            nothing,
        ),
        (BULK, &[("operation", "disablekey"), ("keys", "a")], "Disables 1 key", nothing),
        (
            BULK,
            &[("operation", "schedulekeydeletion"), ("keys", &keys(12)), ("days", "7")],
            "Schedules the deletion of 12 keys in 7 days",
            &Proof::Count(12),
        ),
        (
            BULK,
            &[("operation", "applypolicytemplate"), ("keys", "a"), ("policy_template_id", "t")],
            "Applies a policy template to 1 key|Policy template id: t",
            nothing,
        ),
        (
            "azure/synchronization-jobs",
            &[("synchronize_all", "true"), ("take_cloud_key_backup", "true")],
            "Synchronizes all key vaults|Back the keys up from the cloud too",
            nothing,
        ),
        (AZURE, &[("backups", "a,b,c")], "Deletes 3 backups", &Proof::Count(3)),
        (
            AZURE,
            &[("keys", "a,b"), ("created_after", "2026-01-01T00:00:00Z")],
            "Deletes the backups of 2 keys|Only what was created after: 2026-01-01T00:00:00Z|Their number is not known in advance",
            &Proof::Count(2),
        ),
        (
            AZURE,
            &[("vault_id", "v-1")],
            "Deletes the backups of 1 vault|Of all keys of a vault: v-1|Their number is not known in advance",
            &Proof::Name("v-1".to_owned()),
        ),
        (
            "google/update-all-versions-jobs",
            &[("operation", "schedule_destroy"), ("key_id", "k")],
            "Schedules the destruction of all versions of 1 key|Key id: k|Their number is not known in advance",
            &Proof::Name("k".to_owned()),
        ),
        (
            "google/update-all-versions-jobs",
            &[("operation", "cancel_destroy"), ("key_id", "k")],
            "Cancels the destruction of all versions of 1 key|Key id: k",
            nothing,
        ),
        ("dsm/refresh", &[("synchronize_all", "true")], "Refreshes all domains", nothing),
    ] {
        let draft = draft(path, values);
        assert_eq!(errors(&draft), []);
        assert_eq!(draft.summary().join("|"), summary);
        assert_eq!(draft.effect().as_deref(), summary.split('|').next());
        assert_eq!(draft.proof(), *proof, "{summary}");
    }
}

#[test]
fn summary_of_raw_body_makes_no_promise() {
    for draft in [draft("sap/keys/jobs", &[]), draft("dsm/refresh", &[("", "{}")])] {
        assert!(draft.summary()[0].contains("This console cannot tell"));
        assert_eq!(draft.effect(), None);
    }
}

#[test]
fn proof_accepts_the_count_or_the_name() {
    let name = || Proof::Name("vault,1".to_owned());
    for (proof, label, typed, expected) in [
        (Proof::None, None, "", true),
        (Proof::Count(1200), Some("Type 1,200 to continue"), " 1200 ", true),
        (Proof::Count(1200), Some("Type 1,200 to continue"), "1,200", true),
        (Proof::Count(1200), Some("Type 1,200 to continue"), "120", false),
        (Proof::Count(0), Some("Type 0 to continue"), "", false),
        (name(), Some("Type vault,1 to continue"), "vault,1 ", true),
        (name(), Some("Type vault,1 to continue"), "vault1", false),
    ] {
        assert_eq!(proof.label().as_deref(), label);
        assert_eq!(proof.accepts(typed), expected, "{proof:?} {typed:?}");
    }
}
