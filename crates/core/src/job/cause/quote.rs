//! Quoted names and phrases.

use std::ops::Range;

use crate::job::cause::{constant, noun};

/// Opening quotes with their closing quotes.
const PAIRS: [(char, char); 10] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('‚', '‘'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
];
/// The longest quoted name, in bytes.
const MAX_NAME: usize = 128;

/// A quoted part of a text.
#[derive(Debug)]
pub struct Quote {
    open: char,
    /// Where the content is, between the quotes.
    pub content: Range<usize>,
    after: usize,
}

impl Quote {
    /// Whether the content in the text `clean` is a name. `noun` is the word before the opening quote.
    pub fn is_name(&self, clean: &str, noun: &str) -> bool {
        let content = &clean[self.content.clone()];
        let word = content.trim();
        if word.is_empty()
            || content.len() > MAX_NAME
            || content.contains('‹')
            || content.contains("://")
        {
            return false;
        }
        if word.contains(' ') {
            // Quotes around the messages of programs are ASCII.
            let is_short = !self.open.is_ascii() && word.split(' ').count() <= 4;
            return noun::is_named(noun) || is_short;
        }
        let is_member = self.open == '"' && clean[self.after..].trim_start().starts_with(':');
        !is_member && !noun::is_kept(noun) && !constant::is_constant(word)
    }
}

/// Finds quotes in one text.
#[derive(Debug, Default)]
pub struct Quotes {
    /// The positions of the closing quotes of phrases that are read as text, the last one first.
    closing: Vec<usize>,
    /// For each of [`PAIRS`] where the next closing quote is, so that each part of a text is searched once.
    next: [Option<usize>; PAIRS.len()],
}

impl Quotes {
    /// Begins a new text.
    pub fn clear(&mut self) {
        self.closing.clear();
        self.next = [None; PAIRS.len()];
    }

    /// Whether a phrase that is read as text ends at `at`, which must not decrease.
    pub fn is_close(&mut self, at: usize) -> bool {
        let mut is_close = false;
        while let Some(position) = self.closing.pop_if(|position| *position <= at) {
            is_close |= position == at;
        }
        is_close
    }

    /// The quote that begins at `at` in the text `clean`, if there is one. `at` must not decrease.
    pub fn open(&mut self, clean: &str, at: usize) -> Option<Quote> {
        let open = clean[at..].chars().next()?;
        let pair = PAIRS.iter().position(|(first, _)| *first == open)?;
        let close = PAIRS[pair].1;
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let is_symmetric = open == close;
        if is_symmetric && is_word(clean[..at].chars().next_back()) {
            return None;
        }
        let start = at + open.len_utf8();
        let end = match self.next[pair] {
            Some(next) if next >= start => next,
            _ => {
                let mut ends = clean[start..].match_indices(close).map(|(end, _)| start + end);
                let is_end = |end: &usize| {
                    !is_symmetric || !is_word(clean[end + close.len_utf8()..].chars().next())
                };
                let end = ends.find(is_end).unwrap_or(usize::MAX);
                self.next[pair] = Some(end);
                end
            }
        };
        (end != usize::MAX).then(|| Quote {
            open,
            content: start..end,
            after: end + close.len_utf8(),
        })
    }

    /// Reads the content of `quote` as text: its closing quote does not begin another one.
    pub fn read_as_text(&mut self, quote: &Quote) {
        // A phrase may end beyond the phrase around it; then its end is unknown.
        if self.closing.last().is_none_or(|outer| quote.content.end < *outer) {
            self.closing.push(quote.content.end);
        }
    }
}
