//! Mounts the console.

use cckm_console::app::App;

fn main() {
    leptos::mount::mount_to_body(App);
}
