//! Splits a text into lines, and a line into cells. A quote that is not closed in its line is part of its cell, so that
//! it never swallows the entries that follow.

use std::borrow::Cow;

/// The characters between entries.
pub const SEPARATORS: &[char] = &['\t', ';', ','];

/// The families of quotes. A cell that opens with one is closed by one of the same family.
const QUOTES: [&[char]; 3] = [&['"', '“', '”', '„'], &['\'', '‘', '’'], &['`']];

/// Whether `letter` is white space, or takes no space at all, as a byte order mark.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// `text` without white space and invisible characters around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The lines of `text`, which end in LF, CRLF or CR.
pub fn lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// The cells of a line, without the quotes around them.
#[derive(Clone)]
pub struct Cells<'a> {
    rest: Option<&'a str>,
    separators: &'static [char],
}

impl<'a> Cells<'a> {
    /// The cells of `line` between any of `separators`.
    pub fn new(line: &'a str, separators: &'static [char]) -> Self {
        Self { rest: Some(line), separators }
    }

    /// The first cell of `rest` if it is in quotes, and what follows its separator.
    fn quoted(&self, rest: &'a str) -> Option<(Cow<'a, str>, Option<&'a str>)> {
        let is_padding = |letter: char| is_blank(letter) && !self.separators.contains(&letter);
        let text = rest.trim_start_matches(is_padding);
        let quote = text.chars().next()?;
        let family = QUOTES.into_iter().find(|family| family.contains(&quote))?;
        let inner = &text[quote.len_utf8()..];
        let mut from = 0;
        let (end, after) = loop {
            let end = from + inner[from..].find(family)?;
            let after = end + inner[end..].chars().next()?.len_utf8();
            let is_escape = inner[end..].starts_with("\"\"");
            if !is_escape {
                break (end, inner[after..].trim_start_matches(is_padding));
            }
            from = after + 1;
        };
        let rest = match after.chars().next() {
            None => None,
            Some(next) if self.separators.contains(&next) => Some(&after[next.len_utf8()..]),
            // The text goes on, so this was not the quote at the end.
            Some(_) => return None,
        };
        let cell = &inner[..end];
        let cell = if cell.contains("\"\"") {
            Cow::Owned(cell.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(cell)
        };
        Some((cell, rest))
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.take()?;
        let (cell, rest) =
            self.quoted(rest).unwrap_or_else(|| match rest.split_once(self.separators) {
                Some((cell, rest)) => (Cow::Borrowed(trim(cell)), Some(rest)),
                None => (Cow::Borrowed(trim(rest)), None),
            });
        self.rest = rest;
        Some(cell)
    }
}
