//! The title of the browser tab.

use cckm_core::route::Route;
use leptos::prelude::*;

use super::use_location;

/// Keeps the title of the tab in step with the location. `product` is the name of the console. The title holds
/// no token and no text of the server but the id of a job.
pub fn use_title(product: String) {
    let location = use_location();
    Effect::new(move |_| {
        let page = match &*location.route.read() {
            Route::JobList(list) => list.family.full_name(),
            Route::Job(job) => format!("{} · {}", job.id, job.family.full_name()),
            Route::AllJobs(_) => "Jobs".to_owned(),
            Route::New => "New".to_owned(),
            Route::Start(start) => format!("Start · {}", start.family.full_name()),
            Route::Batch(_) => "Batches".to_owned(),
        };
        document().set_title(&format!("{page} · {product}"));
    });
}
