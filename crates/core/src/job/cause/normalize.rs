//! Replaces what varies in a text by placeholders.

/// Normalises texts in memory that it reuses.
#[derive(Debug, Default)]
pub struct Normalizer {
    pattern: String,
}

impl Normalizer {
    /// The normalised `text`.
    pub fn normalize(&mut self, text: &str) -> &str {
        self.pattern.clear();
        for word in text.chars().take(2_000).collect::<String>().split_whitespace() {
            if !self.pattern.is_empty() {
                self.pattern.push(' ');
            }
            let is_variable = word.bytes().any(|byte| byte.is_ascii_digit());
            self.pattern.push_str(if is_variable { "‹number›" } else { word });
        }
        &self.pattern
    }
}
