//! Whether another page holds this one inside itself.

use leptos::prelude::window;
use web_sys::js_sys::Object;

/// Whether this page is inside a frame of any kind: then a password must not be asked for, since
/// the page around it could lay itself over the fields. When it cannot be told, it counts as framed.
pub fn is_framed() -> bool {
    let own = window();
    match own.top() {
        Ok(Some(top)) => !Object::is(&top, &own),
        _ => true,
    }
}
