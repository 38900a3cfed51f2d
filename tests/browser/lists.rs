//! The lists over refreshes: rows keep their element, the focus, the selection and the scroll position.

use cckm_console::features::all_jobs::AllJobsPage;
use cckm_console::features::job_list::JobListPage;
use cckm_console::hooks::{
    Session, provide_clock, provide_config, provide_list_sizes, provide_location, provide_session,
};
use cckm_core::api::requests;
use cckm_core::config::Config;
use cckm_core::family::Family;
use cckm_core::list::all_jobs::MAX_IN_FLIGHT;
use cckm_core::list::merge::{MAX_LIMIT, MIN_LIMIT};
use cckm_core::route::{AllJobsRoute, JobListRoute};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::support::{FakeServer, Mounted, Received, mount, rendered, settle, sign_in};

fn family() -> &'static Family {
    Family::by_path("azure/bulkjobs").unwrap()
}

/// Mounts `page` with all contexts, for a user who is signed in.
async fn mount_page<V: IntoView + 'static>(
    server: &FakeServer,
    page: impl FnOnce() -> V + 'static,
) -> Mounted<Session> {
    let mounted = mount(move || {
        let config = Config::default();
        let session = provide_session(&config);
        provide_location();
        provide_clock();
        provide_config(config);
        provide_list_sizes();
        (session, page())
    });
    settle().await;
    sign_in(server, mounted.value, "ann", 1).await;
    mounted
}

/// The list of one family. Each job has one letter as its id.
struct ListPage {
    server: FakeServer,
    mounted: Mounted<Session>,
}

impl ListPage {
    async fn open(ids: &str) -> Self {
        let server = FakeServer::start();
        let mounted = mount_page(&server, || view! { <JobListPage family=family()/> }).await;
        let page = Self { server, mounted };
        page.answer(ids, "completed").await;
        page
    }

    /// Presses "Refresh". The answer has the jobs `ids` in this order, all with `status`.
    async fn refresh(&self, ids: &str, status: &str) {
        self.mounted.find(".refresh button:last-of-type").click();
        self.answer(ids, status).await;
    }

    async fn answer(&self, ids: &str, status: &str) {
        let list = requests::list(&JobListRoute::new(family()));
        let request = self.server.next(&format!("GET {}", list.url("/api"))).await;
        let jobs: Vec<String> = ids
            .chars()
            .map(|id| format!(r#"{{"id":"{id}","overall_status":"{status}"}}"#))
            .collect();
        let (total, jobs) = (jobs.len(), jobs.join(","));
        let body = format!(r#"{{"total":{total},"resources":[{jobs}]}}"#);
        request.answer(200, &body).await;
        // The focus and the selection are restored in the next frame.
        rendered().await;
    }

    fn link(&self, id: char) -> HtmlElement {
        self.mounted.find(&format!("a[href$='/{id}']"))
    }

    /// The ids on the page, from top to bottom.
    fn ids(&self) -> String {
        let ids = self.mounted.0.query_selector_all(".jobs__whole-id").unwrap();
        (0..ids.length()).filter_map(|at| ids.item(at)?.text_content()).collect()
    }
}

fn has_focus(element: &HtmlElement) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.is_same_node(Some(element)))
}

fn selection() -> web_sys::Selection {
    window().get_selection().unwrap().unwrap()
}

#[wasm_bindgen_test]
async fn rows_keep_element_focus_and_selection_over_ten_reordering_refreshes() {
    let page = ListPage::open("ABCDE").await;
    let link = page.link('C');
    link.focus().unwrap();
    let id = link.query_selector(".jobs__whole-id").unwrap().unwrap();
    selection().select_all_children(&id).unwrap();
    for (at, order) in
        ["CABDE", "BCADE", "EDCBA", "NEDCBA", "ABCDE", "DEABC", "CBADEN", "BC", "XYZCB", "CAB"]
            .into_iter()
            .enumerate()
    {
        let status = if at % 2 == 0 { "failed" } else { "completed" };
        page.refresh(order, status).await;
        assert_eq!(page.ids(), order);
        assert_eq!(page.link('C'), link, "{order}");
        assert!(has_focus(&link), "{order}");
        assert_eq!(String::from(selection().to_string()), "C", "{order}");
        let row = link.closest("tr").unwrap().unwrap();
        let text = row.text_content().unwrap().to_lowercase();
        let outcome = if status == "failed" { "failed" } else { "ok" };
        assert!(text.starts_with(outcome), "{order}: {text}");
    }
}

#[wasm_bindgen_test]
async fn text_in_a_filter_survives_a_refresh() {
    let page = ListPage::open("ABC").await;
    let input: HtmlInputElement = page.mounted.find("input[name=id]").unchecked_into();
    input.focus().unwrap();
    input.set_value("half an i");
    page.refresh("CAB", "failed").await;
    assert_eq!(page.mounted.find("input[name=id]"), *input);
    assert_eq!(input.value(), "half an i");
    assert!(has_focus(&input));
}

#[wasm_bindgen_test]
async fn scroll_position_survives_a_refresh() {
    let ids: String = ('A'..='Z').chain('a'..='z').collect();
    let page = ListPage::open(&ids).await;
    // A page that is higher than any window.
    page.mounted.0.set_attribute("style", "padding-block: 2000px").unwrap();
    window().scroll_to_with_x_and_y(0.0, 2_100.0);
    for status in ["failed", "completed"] {
        page.refresh(&ids, status).await;
        assert_eq!(window().scroll_y(), Ok(2_100.0), "{status}");
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn requests_of_all_jobs_end_with_the_page() {
    let server = FakeServer::start();
    let page = mount_page(&server, || view! { <AllJobsPage/> }).await;
    let mut requests = Vec::new();
    for family in AllJobsRoute::default().families().take(MAX_IN_FLIGHT) {
        let limit = if family.can_sort() { MIN_LIMIT } else { MAX_LIMIT };
        let list = requests::list_range(family, 0, limit);
        requests.push(server.next(&format!("GET {}", list.url("/api"))).await);
    }
    server.expect_no_more().await;
    drop(page);
    settle().await;
    assert!(requests.iter().all(Received::is_aborted));
    for request in requests {
        request.answer(200, "{}").await;
    }
    server.expect_no_more().await;
}
