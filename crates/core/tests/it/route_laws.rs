//! Properties of the URL codec, for generated routes and queries.

use cckm_core::family::{FAMILIES, Family, FilterKind, Resource};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemFilter, ItemOrder, ItemsView};
use cckm_core::job::outcome::{Outcome, OutcomeFilter};
use cckm_core::route::{
    AllJobsRoute, BatchRoute, JobListRoute, JobRoute, JobTab, MAX_LIMIT, NEW_BATCH, REPEAT_PLAN,
    Route, StartRoute, decode, encode,
};
use proptest::prelude::*;

/// Text of any characters, with special characters of URLs more often.
fn text() -> impl Strategy<Value = String> {
    let special =
        prop::sample::select("%&=+?#/.;, \0\u{202e}\u{feff}🔑é\"<\\".chars().collect::<Vec<_>>());
    let character = prop_oneof![any::<char>(), special];
    prop::collection::vec(character, 0..24).prop_map(String::from_iter)
}

fn family() -> impl Strategy<Value = &'static Family> {
    let others = ["new/jobs", "x", "a/b.c/_-"].map(Family::resolve);
    let all: Vec<_> = FAMILIES.iter().chain(others.into_iter().flatten()).collect();
    prop::sample::select(all)
}

fn jobs_route() -> impl Strategy<Value = Route> {
    let values = prop::collection::vec(text().prop_filter("not empty", |t| !t.is_empty()), 0..4);
    let filters = prop::collection::vec(values, 3);
    let sort = "-?[A-Za-z0-9_]{1,9}(,-?[A-Za-z0-9_]{1,9}){0,2}";
    (family(), filters, sort, 0..=usize::MAX >> 1, 1..=MAX_LIMIT).prop_map(
        |(family, filters, sort, skip, limit)| {
            let mut route = JobListRoute { skip, limit, ..JobListRoute::new(family) };
            if family.can_sort() {
                route.sort = sort;
            }
            for (filter, values) in family.filters().iter().zip(filters) {
                let max = if filter.kind == FilterKind::Texts { 4 } else { 1 };
                let values = values.into_iter().take(max);
                route.filters.extend(values.map(|value| (filter.name, value)));
            }
            Route::JobList(route)
        },
    )
}

fn job_route() -> impl Strategy<Value = Route> {
    let id = text().prop_filter("a job", |id| !["", ".", ".."].contains(&id.as_str()));
    let tabs = JobTab::ALL.into_iter().map(Some).chain([None]).collect::<Vec<_>>();
    (family(), id, prop::sample::select(tabs), items())
        .prop_map(|(family, id, tab, items)| Route::Job(JobRoute { family, id, tab, items }))
}

fn items() -> impl Strategy<Value = ItemsView> {
    let filter = prop_oneof![
        Just(ItemFilter::All),
        prop::sample::select(ItemStatus::ALL.to_vec()).prop_map(ItemFilter::Status),
        text().prop_map(ItemFilter::Text),
        Just(ItemFilter::Problems),
        text().prop_filter("a key", |key| !key.is_empty()).prop_map(ItemFilter::Cause),
    ];
    let order = prop::sample::select(ItemOrder::ALL.to_vec());
    (text(), filter, order).prop_map(|(search, filter, order)| ItemsView { search, filter, order })
}

/// No cause, or the key of one.
fn cause() -> impl Strategy<Value = Option<String>> {
    text().prop_map(|key| Some(key).filter(|key| !key.is_empty()))
}

/// The list of batches, a new batch or a plan with or without a source, or one batch with a view of its items.
fn batch_route() -> impl Strategy<Value = Route> {
    let one = (text(), items()).prop_map(|(name, items)| BatchRoute {
        items: if ["", NEW_BATCH, REPEAT_PLAN].contains(&&*name) {
            ItemsView::default()
        } else {
            items
        },
        name,
        from: None,
        cause: None,
    });
    let new = (text(), cause(), any::<bool>()).prop_map(|(from, cause, is_plan)| {
        let route = BatchRoute::new(if is_plan { REPEAT_PLAN } else { NEW_BATCH });
        let from = Some(from).filter(|from| !from.is_empty());
        BatchRoute { cause: cause.filter(|_| from.is_some()), from, ..route }
    });
    prop_oneof![one, new, Just(BatchRoute::default())].prop_map(Route::Batch)
}

fn other_route() -> impl Strategy<Value = Route> {
    let outcomes = Outcome::ALL.map(OutcomeFilter::One).into_iter();
    let outcomes: Vec<_> =
        outcomes.chain([OutcomeFilter::Failures]).map(Some).chain([None]).collect();
    let all = (text(), text(), prop::sample::select(outcomes), 0..=usize::MAX >> 1);
    let all = all.prop_map(|(cloud, kind, outcome, skip)| {
        Route::AllJobs(AllJobsRoute { cloud, kind, outcome, skip, ..AllJobsRoute::default() })
    });
    let from = text().prop_map(|id| Some(id).filter(|id| !["", ".", ".."].contains(&&**id)));
    // Only families of the table can be started.
    let known = prop::sample::select(FAMILIES.iter().collect::<Vec<_>>());
    let saved = text().prop_map(|name| Some(name).filter(|name| !name.is_empty()));
    let start = (known, from, saved, cause(), any::<bool>(), any::<bool>());
    let start = start.prop_map(|(family, from, saved, cause, failed, edit)| {
        let edit = edit && from.is_some() && family.resource == Resource::Schedules;
        let failed_only = failed && from.is_some() && !edit;
        Route::Start(StartRoute {
            failed_only,
            cause: cause.filter(|_| failed_only),
            family,
            from,
            edit,
            saved,
        })
    });
    prop_oneof![all, start, batch_route(), Just(Route::New)]
}

/// Queries that resemble valid ones.
fn query() -> impl Strategy<Value = String> {
    let pieces = [
        "?",
        "&",
        "=",
        "job",
        "jobs",
        "=aws/bulkjob",
        "=google/synchronization-jobs",
        "=azure%2Fbulkjobs/x",
        "&skip=",
        "&limit=",
        "&sort=",
        "&key_rings=",
        "&overall_status=",
        "&search=",
        "&show=",
        "&cause=",
        "&tab=",
        "details",
        "problems",
        "&text=",
        "&order=",
        "jobs=all",
        "start=",
        "&from=",
        "&only=",
        "batch",
        "batch=new",
        "1",
        "-1",
        "9999999999999999999",
        "failed",
        "-name",
        "createdAt",
        "%",
        "%F",
        "%00",
        "+",
        "__proto__",
        "é",
        "🔑",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => text(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Saves no file of failures: a failed test prints its minimal case.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn encoded_route_decodes_to_the_same_route(route in prop_oneof![jobs_route(), job_route(), other_route()]) {
        prop_assert_eq!(decode(&encode(&route)), (route, Vec::new()));
    }

    #[test]
    fn decoded_route_of_any_text_is_stable(query in prop_oneof![query(), text()]) {
        let (route, notices) = decode(&query);
        prop_assert!(notices.iter().all(|notice| !notice.is_empty()));
        prop_assert_eq!(decode(&encode(&route)), (route, Vec::new()));
    }

    #[test]
    fn order_and_encoding_of_parameters_do_not_matter(
        route in prop_oneof![jobs_route(), job_route()],
        seed in 0..8_usize,
    ) {
        let address = encode(&route);
        let mut pairs: Vec<&str> = address[1..].split('&').collect();
        // Parameters of the same name keep their order.
        pairs.sort_by_key(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            name.bytes().map(usize::from).sum::<usize>() * (seed + 1) % 7
        });
        let query = pairs.join("&").replace('/', "%2f");
        prop_assert_eq!(decode(&query), (route, Vec::new()));
    }
}
