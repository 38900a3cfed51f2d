//! The entries of a list, however many there are.

use crate::view::{Element, el};
use cckm_core::format::text::grouped;

/// How many entries are put on the page; a browser stalls on very many.
const MOST: usize = 100;

/// The first entries of `list`, and how many more there are. The classes are that of the list and
/// that of an entry.
pub fn entries(mut list: Vec<String>, classes: (&'static str, &'static str)) -> Element {
    let more = list.len().saturating_sub(MOST);
    list.truncate(MOST);
    if more > 0 {
        list.push(format!("and {} more: see JSON as received", grouped(more)));
    }
    let lines = list.into_iter();
    let lines = lines.map(|line| el("li").class(classes.1).child(line));
    el("ul").class(classes.0).children(lines)
}
