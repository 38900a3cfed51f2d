//! Classification of status texts: only a clear success is a success.

use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items::Items;
use cckm_core::job::items_view::ItemOrder;

/// Asserts that each of `texts` is classified as `status`.
fn check(status: ItemStatus, texts: &[&str]) {
    for text in texts {
        assert_eq!(ItemStatus::classify(text), status, "{text:?}");
    }
}

#[test]
fn status_is_done_only_for_a_clear_success() {
    check(
        ItemStatus::Done,
        &[
            // Documented (CONTRACT.md 2.2).
            "Success",
            "region synchronized successfully",
            "key ring synchronized successfully",
            "Successfully updated all key versions state.",
            // Variants of them.
            "SUCCESS",
            " success ",
            "Success: enabled",
            "completed",
            "Key enabled successfully!",
            "Rotation was successful.",
        ],
    );
    check(
        ItemStatus::Failed,
        &[
            "unsuccessful",
            "Unsuccessfully retried",
            "failed",
            "Failed to synchronize successfully",
            "Successfully scheduled 3 keys with errors",
            "completed with errors",
            "AccessDenied: not yours",
            "NCERRResourceNotFound",
            "key not found",
            "request timed out",
            "Success: 2, Failure: 1",
            "TooManyRequests",
            "Throttled",
            "NotAuthorizedOrNotFound",
            "RESOURCE_EXHAUSTED: slow down",
            "vault does not exist",
            "Operation get is not allowed on a disabled secret",
            "dial tcp: lookup a.example: no such host",
            "503 Service Unavailable",
        ],
    );
    check(
        ItemStatus::Other,
        &[
            "",
            " ",
            "pending",
            "scheduled",
            "successor",
            "not successful",
            "completed after throttling",
            "disabled",
            "pending deletion",
            "expired keys removed",
            "could not be updated successfully",
            "partially successful",
            "Partially completed successfully",
            "Success?",
            "✓",
            "erfolgreich",
        ],
    );
}

#[test]
fn status_is_running_only_for_exactly_in_progress() {
    check(ItemStatus::Running, &["in_progress"]);
    check(
        ItemStatus::Other,
        &[
            "In_progress",
            "IN_PROGRESS",
            " in_progress",
            "in_progress.",
            "in progress",
            "in_progress (2/3)",
            "running",
        ],
    );
    let mut items = Items::default();
    items.extend_name("a list");
    items.push(r#"["in_progress"]"#);
    assert_eq!(items.count(ItemStatus::Running), 0);
}

#[test]
fn names_of_statuses_and_orders_parse_back() {
    for status in ItemStatus::ALL {
        assert_eq!(status.as_str().parse(), Ok(status));
    }
    for order in ItemOrder::ALL {
        assert_eq!(order.as_str().parse(), Ok(order));
    }
    for key in ["", "Failed", "all", "__proto__"] {
        assert!(key.parse::<ItemStatus>().is_err(), "{key}");
        assert!(key.parse::<ItemOrder>().is_err(), "{key}");
    }
}
