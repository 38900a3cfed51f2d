//! What a status text is taken for: success only where it clearly says so.

use cckm_console::domain::class::Class;
use cckm_console::domain::items::Items;
use cckm_console::domain::items_view::ItemOrder;

/// Each of `texts` must be taken for `class`.
fn check(class: Class, texts: &[&str]) {
    for text in texts {
        assert_eq!(Class::of_text(text), class, "{text:?}");
    }
}

#[test]
fn only_clear_words_of_success_are_taken_for_success() {
    check(
        Class::Done,
        &[
            // Documented (CONTRACT.md 2.2).
            "Success",
            "region synchronized successfully",
            "key ring synchronized successfully",
            "Successfully updated all key versions state.",
            // Near to them.
            "SUCCESS",
            " success ",
            "Success: enabled",
            "completed",
            "Key enabled successfully!",
            "Rotation was successful.",
        ],
    );
    check(
        Class::Failed,
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
        ],
    );
    check(
        Class::Other,
        &[
            "",
            " ",
            "pending",
            "scheduled",
            "successor",
            "not successful",
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
fn only_exactly_in_progress_is_running() {
    check(Class::Running, &["in_progress"]);
    check(
        Class::Other,
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
    assert_eq!(items.count(Class::Running), 0);
}

#[test]
fn the_words_of_classes_and_orders_read_back() {
    for class in Class::ALL {
        assert_eq!(Class::from_key(class.key()), Some(class));
    }
    for order in ItemOrder::ALL {
        assert_eq!(ItemOrder::from_key(order.key()), Some(order));
    }
    for key in ["", "Failed", "all", "__proto__"] {
        assert_eq!(
            (Class::from_key(key), ItemOrder::from_key(key)),
            (None, None)
        );
    }
}
