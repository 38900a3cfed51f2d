//! The table of job families against its fixtures. Each fixture has the facts of CONTRACT.md 1 and 3, an answer, and
//! the expected result of decoding it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use cckm_core::api::decode;
use cckm_core::family::start_api::FieldKind;
use cckm_core::family::{FAMILIES, Family, Resource};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::list::job_row::JobRow;
use serde_json::Value;

/// The fixture of `family`, which is named after its path.
fn fixture(family: &Family) -> Value {
    let path = family.path;
    let file = format!("tests/data/families/{}.json", path.replace('/', "-"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {file}: {error}"));
    let fixture: Value = serde_json::from_str(&text).expect("a fixture is JSON");
    assert_eq!(fixture["path"], path, "{file}");
    fixture
}

fn texts(value: &Value) -> Vec<&str> {
    let list = value.as_array().expect("a list");
    list.iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn families_and_fixtures_correspond() {
    let count = fs::read_dir(Path::new("tests/data/families")).unwrap().count();
    assert_eq!(count, FAMILIES.len());
    for family in &FAMILIES {
        _ = fixture(family);
    }
}

#[test]
fn unlisted_family_is_created_once_for_its_path() {
    let other = Family::resolve("aws/new-jobs").unwrap();
    assert!(std::ptr::eq(other, Family::resolve("aws/new-jobs").unwrap()));
    assert_eq!(
        (other.full_name(), other.api_path()),
        ("Other: aws/new-jobs".into(), "v1/cckm/aws/new-jobs".into())
    );
    assert!(other.is_unlisted() && !other.can_cancel && !other.can_delete && !other.can_sort());
    assert_eq!(Family::parse_job_path("aws/new-jobs/x"), Some((other, "x")));
    assert_eq!(Family::by_path("aws/new-jobs"), None);
    for path in ["aws/bulkjob", "x", "all/x", ""] {
        assert_eq!(Family::parse_job_path(path), None, "{path}");
    }
}

#[test]
fn family_table_is_consistent() {
    for family in &FAMILIES {
        let path = family.path;
        assert_eq!(Family::by_path(path), Some(family));
        assert_eq!(Family::parse_job_path(&format!("{path}/x/y")), Some((family, "x/y")));
        let longer = format!("{path}x");
        let longer = Family::parse_job_path(&longer);
        assert!(longer.is_none_or(|(other, _)| other.is_unlisted()), "{path}");
        let reserved = ["jobs", "job", "skip", "limit", "sort"];
        let filters = family.filters().iter();
        assert!(
            filters.clone().all(|filter| !reserved.contains(&filter.name)),
            "{path} has a filter with a reserved name"
        );
        let below = if path.starts_with("scheduler/") { "v1/" } else { "v1/cckm/" };
        assert_eq!(family.api_path(), format!("{below}{path}"));
    }
}

#[test]
fn singular_name_is_that_of_one_job() {
    for (path, expected) in [
        ("aws/synchronization-jobs", "AWS key synchronization"),
        ("google/update-all-versions-jobs", "Google update of all versions"),
        ("dsm/refresh", "DSM refresh"),
        ("scheduler/job-configs", "CipherTrust schedule"),
    ] {
        let family = Family::by_path(path).unwrap();
        assert_eq!(family.singular_name(), expected);
    }
    let plural = FAMILIES.iter().find(|family| family.singular_name() == family.full_name());
    assert_eq!(plural, None);
}

#[test]
fn family_has_verbs_and_filters_of_the_contract() {
    for family in &FAMILIES {
        let (path, fixture) = (family.path, fixture(family));
        let verbs = texts(&fixture["verbs"]);
        assert_eq!(family.list.is_some(), verbs.contains(&"list"), "{path}");
        assert_eq!(family.can_cancel, verbs.contains(&"cancel"), "{path}");
        assert_eq!(family.can_delete, verbs.contains(&"delete"), "{path}");
        assert_eq!(family.can_sort(), fixture["sort"], "{path}");
        let mut names: Vec<&str> = family.filters().iter().map(|filter| filter.name).collect();
        names.sort_unstable();
        let mut expected = texts(&fixture["filters"]);
        expected.sort_unstable();
        assert_eq!(names, expected, "{path}");
    }
}

#[test]
fn answer_of_each_family_is_decoded() {
    for family in &FAMILIES {
        let (path, fixture) = (family.path, fixture(family));
        let expected = &fixture["expected"];
        let body = fixture["job"].to_string();
        let job = decode::job(body.as_bytes()).expect(path).with_unreported(family);
        assert_eq!(job.id().as_deref(), fixture["job"]["id"].as_str());
        let count = |status| u64::try_from(job.items.count(status)).unwrap();
        assert_eq!(count(ItemStatus::Done), expected["done"], "{path}: done");
        assert_eq!(count(ItemStatus::Unreported), expected["unreported"], "{path}: unreported");
        assert_eq!(count(ItemStatus::Other), 0, "{path}: other");
        if family.resource == Resource::Schedules {
            continue;
        }
        assert_eq!(format!("{:?}", job.status()), expected["status"], "{path}");
        let row = JobRow::all(&[job], family, &[], &[]).remove(0);
        assert_eq!(row.title, expected["title"], "{path}: title");
        assert_eq!(row.scope.short, expected["scope"], "{path}: scope");
    }
}

#[test]
fn start_table_is_consistent() {
    for family in &FAMILIES {
        let Some(api) = family.start else { continue };
        for field in api.fields {
            let members = field.excludes.iter().chain(api.one_of);
            for member in members {
                assert!(api.position(member).is_some(), "{}: {member}", family.path);
            }
            assert!(!field.label.is_empty());
            let same = api.fields.iter().filter(|other| other.member == field.member);
            assert_eq!(same.count(), 1, "{}: {}", family.path, field.member);
            let same = api.fields.iter().filter(|other| other.label == field.label);
            assert_eq!(same.count(), 1, "{}: {}", family.path, field.label);
        }
        // The member that reports what was requested can be requested.
        if let Some(requested) = family.requested {
            let is_field = api.fields.iter().any(|field| field.job_member == requested.member);
            assert!(is_field, "{}", family.path);
        }
        let documented = api.fields.iter().all(|field| field.kind != FieldKind::Json);
        let inferred = family.path.contains("refresh")
            || ["sap/keys/jobs", "sfdc/certificates/synchronization-jobs"].contains(&family.path);
        assert_eq!(documented, !inferred, "{}", family.path);
        assert!(documented || api.note.contains("No document"), "{}", family.path);
    }
}
