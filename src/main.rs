//! Mounts the console; nothing else.

use cckm_console::pages::app::app;
use leptos::prelude::document;

fn main() {
    if let Some(body) = document().body() {
        leptos::mount::mount_to_renderer(&body, app).forget();
    }
}
