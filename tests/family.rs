//! The table of the kinds of jobs against CONTRACT.md 1 and 3.
#![allow(clippy::unwrap_used)]

use cckm_console::domain::family::{FAMILIES, Family};

#[test]
fn a_family_that_the_table_lacks_is_made_of_its_path_once() {
    let other = Family::of_any_path("aws/new-jobs").unwrap();
    assert!(std::ptr::eq(
        other,
        Family::of_any_path("aws/new-jobs").unwrap()
    ));
    assert_eq!(
        (other.name(), other.api_path()),
        ("Other: aws/new-jobs".into(), "v1/cckm/aws/new-jobs".into())
    );
    assert!(other.is_other() && !other.cancels && !other.deletes && !other.sorts());
    assert_eq!(Family::split_job_path("aws/new-jobs/x"), Some((other, "x")));
    assert_eq!(Family::of_path("aws/new-jobs"), None);
    for path in ["aws/bulkjob", "x", "all/x", ""] {
        assert_eq!(Family::split_job_path(path), None, "{path}");
    }
    // There are only so many.
    let paths = (0..1_000).map(|at| format!("many/{at}"));
    let made = paths
        .filter(|path| Family::of_any_path(path).is_some())
        .count();
    assert!((90..=100).contains(&made), "{made}");
}

#[test]
fn the_table_of_families_holds_together() {
    for family in &FAMILIES {
        let path = family.path;
        assert_eq!(Family::of_path(path), Some(family));
        assert_eq!(
            Family::split_job_path(&format!("{path}/x/y")),
            Some((family, "x/y"))
        );
        let longer = format!("{path}x");
        let longer = Family::split_job_path(&longer);
        assert!(longer.is_none_or(|(other, _)| other.is_other()), "{path}");
        let mut names: Vec<&str> = family.filters().iter().map(|filter| filter.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(
            names.len(),
            family.filters().len(),
            "{path} names a filter twice"
        );
        let own = ["jobs", "job", "skip", "limit", "sort"];
        assert!(
            names.iter().all(|name| !own.contains(name)),
            "{path} has a filter of the address"
        );
    }
    // CONTRACT.md 1 and 3.
    let both = &["id", "overall_status"][..];
    let vaults = &["id", "key_vaults", "overall_status"][..];
    let kms = &["id", "kms", "overall_status"][..];
    let table = [
        ("aws/synchronization-jobs", Some(false), kms),
        (
            "aws/custom-key-stores/synchronization-jobs",
            Some(false),
            kms,
        ),
        (
            "aws/bulkjob",
            Some(true),
            &["cloud", "id", "overall_status"],
        ),
        ("azure/synchronization-jobs", Some(false), vaults),
        (
            "azure/certificates/synchronization-jobs",
            Some(false),
            vaults,
        ),
        ("azure/secrets/synchronization-jobs", Some(false), vaults),
        ("azure/bulkjobs", Some(true), both),
        (
            "google/synchronization-jobs",
            Some(true),
            &["id", "key_rings", "overall_status"],
        ),
        ("google/update-all-versions-jobs", None, &[]),
        (
            "oci/synchronization-jobs",
            Some(false),
            &["id", "overall_status", "vaults"],
        ),
        (
            "sap/synchronization-jobs",
            Some(false),
            &["groups", "id", "overall_status"],
        ),
        ("sap/keys/jobs", None, &[]),
        (
            "sfdc/keys/synchronization-jobs",
            Some(true),
            &["id", "organizations", "overall_status"],
        ),
        ("sfdc/certificates/synchronization-jobs", Some(false), &[]),
        ("hsm/luna/refresh", Some(false), &[]),
        ("dsm/refresh", Some(false), &[]),
        ("external-cm/refresh", Some(false), both),
    ];
    assert_eq!(
        table.map(|(path, ..)| path),
        FAMILIES.each_ref().map(|family| family.path)
    );
    for (path, sorts, filters) in table {
        let family = Family::of_path(path).unwrap();
        let mut names: Vec<&str> = family.filters().iter().map(|filter| filter.name).collect();
        names.sort_unstable();
        assert_eq!(names, filters, "{path}");
        assert_eq!(family.list.as_ref().map(|list| list.sorts), sorts, "{path}");
    }
}
