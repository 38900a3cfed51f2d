//! How long causes take for a million items. Run by hand, in a release build:
//! `cargo test --release -p cckm-core --test it cause_speed -- --ignored --nocapture`.

use std::time::Instant;

use cckm_core::job::cause::{Cause, MainCause};
use cckm_core::job::items_view::{ItemFilter, ItemsView};

use crate::cause::items;

const ITEMS: u32 = 1_000_000;

/// A million texts, `distinct` of them different.
fn texts(distinct: u32) -> Vec<String> {
    let text = |index: u32| {
        let n = index % distinct;
        match n % 5 {
            0 => format!(
                "ThrottlingException: Rate exceeded (Request ID: {n:08x}-21aa-4a2e-9d4b-0a4b8a6f3b11)"
            ),
            1 => format!(
                "AccessDeniedException: User: arn:aws:iam::{:012}:user/ops is not authorized to perform: kms:Decrypt on \
                 resource: arn:aws:kms:eu-west-1:111122223333:key/{n:08x}-21aa-4a2e-9d4b-0a4b8a6f3b11",
                u64::from(n)
            ),
            2 => format!(
                r#"{{"error":{{"code":"KeyNotFound","message":"A key with (name/id) key-{n} was not found"}}}}"#
            ),
            3 => {
                format!("rpc error: code = ResourceExhausted desc = quota of {n} requests exceeded")
            }
            _ => format!("domain sales{n} not found"),
        }
    };
    (0..ITEMS).map(text).collect()
}

#[test]
#[ignore = "measures, run by hand"]
fn a_million_items() {
    for distinct in [ITEMS, 5] {
        let texts = texts(distinct);
        let items = items(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let measure = |name: &str, run: &mut dyn FnMut() -> usize| {
            let start = Instant::now();
            let count = run();
            println!("{distinct} texts, {name}: {} ms ({count})", start.elapsed().as_millis());
        };
        measure("Cause::all", &mut || Cause::all(&items, true).len());
        measure("Cause::all again", &mut || Cause::all(&items, true).len());
        measure("MainCause::new", &mut || {
            MainCause::new(&items, true).map_or(0, |cause| cause.count)
        });
        let key = Cause::all(&items, true)[0].key.clone();
        let filter = ItemFilter::Cause(key);
        let view = ItemsView { filter, ..ItemsView::default() };
        measure("select", &mut || view.select(&items, true).len());
        let problems = ItemsView { filter: ItemFilter::Problems, ..ItemsView::default() };
        measure("select problems", &mut || problems.select(&items, true).len());
    }
}
