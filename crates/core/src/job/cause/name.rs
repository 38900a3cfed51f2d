//! The name of a cause for a row of a list.

/// The most characters of the beginning of a text in a name.
const MAX_HEADLINE: usize = 40;
/// The most characters of a class in a name. The longest class of AWS KMS has 44.
const MAX_CLASS: usize = 48;

/// Members of JSON whose value says what happened.
const MEMBERS: [&str; 4] =
    ["\"message\":\"", "\"error_description\":\"", "\"detail\":\"", "\"title\":\""];

/// The name of a cause: its class, or the beginning of its normalised text. At most about 40 characters.
pub fn name(class: Option<&str>, pattern: &str) -> String {
    match class {
        Some(class) => shorten(class, MAX_CLASS),
        None => shorten(body(pattern), MAX_HEADLINE),
    }
}

/// The part of `pattern` that says what happened: without the request of Go's clients and the frame of JSON.
fn body(pattern: &str) -> &str {
    let member = MEMBERS.iter().find_map(|name| {
        let at = pattern.find(name)?;
        pattern.starts_with(['{', '[']).then(|| &pattern[at + name.len()..])
    });
    let request = ["Get", "Post", "Put", "Patch", "Delete", "Head"]
        .iter()
        .find_map(|method| pattern.strip_prefix(method)?.strip_prefix(" \"‹url›\": "));
    let body = member.or(request).unwrap_or(pattern);
    let bare = body.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '‹');
    if bare.is_empty() { pattern } else { bare }
}

/// The beginning of `text`, with whole words if possible.
fn shorten(text: &str, max: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(max) else {
        let is_open = |text: &str| text.matches('"').count() % 2 == 1;
        let bare = text.trim_end_matches(['"', '}', ']', '.']);
        return if is_open(text) { bare } else { text }.to_owned();
    };
    let start = &text[..end];
    let whole = start.rfind(' ').filter(|at| *at > end / 2).map_or(start, |at| &start[..at]);
    format!("{}…", whole.trim_end_matches([' ', ',', ':', ';', '(', '"', '\'']))
}
