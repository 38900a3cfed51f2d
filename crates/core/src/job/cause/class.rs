//! The error class that a normalised text names.

/// The class that `pattern` names.
pub fn find(pattern: &str) -> Option<String> {
    let words = pattern.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let mut words = words.filter(|word| word.len() > "Exception".len());
    words.find(|word| word.ends_with("Exception")).map(str::to_owned)
}

/// The beginning of `pattern`, for a line.
pub fn headline(pattern: &str) -> String {
    const MAX: usize = 80;
    match pattern.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", pattern[..end].trim_end()),
        None => pattern.to_owned(),
    }
}
