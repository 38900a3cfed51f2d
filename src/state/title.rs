//! The title of the tab: what is on the page. No token and no server text gets in here.

use leptos::prelude::document;

use crate::reactive::follow as follow_signal;
use crate::state::location::use_location;
use cckm_core::route::Route;

/// Keeps the title in step with the location; `product` is the console's own name.
pub fn follow(product: String) {
    let location = use_location();
    follow_signal(location.route(), move |route| {
        let title = match route {
            Route::Jobs(list) => format!("{} · {product}", list.family.name()),
            Route::Job(job) => format!("{} · {} · {product}", job.id, job.family.name()),
            Route::All(_) => format!("All jobs · {product}"),
            Route::Start(start) => format!("Start · {} · {product}", start.family.name()),
            Route::Batch(_) => format!("Batches · {product}"),
        };
        document().set_title(&title);
    });
}
