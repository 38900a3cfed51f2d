//! Replaces what varies in a text by placeholders such as `‹uuid›`.
//!
//! The text is read once, in chunks between spaces, quotes and brackets. A quoted word is a name, unless the word before
//! the quote says that it is a code, a state or an action.

use crate::job::cause::prepare::prepare;
use crate::job::cause::quote::Quotes;
use crate::job::cause::word::{self, Context};
use crate::job::cause::{address, time};

/// The longest normalised text, in bytes. Less than what is read, so that the length of a name does not decide where
/// the text ends.
const MAX_PATTERN: usize = 1_500;
/// The longest chunk that is examined as one word, in bytes.
const MAX_CHUNK: usize = 256;
/// The longest placeholder in angle quotes, in bytes.
const MAX_PLACEHOLDER: usize = 24;

/// Normalises texts in memory that it reuses.
#[derive(Debug, Default)]
pub struct Normalizer {
    clean: String,
    pattern: String,
    before: Before,
    quotes: Quotes,
}

/// The last two words before the current chunk, in lower case.
#[derive(Debug, Default)]
struct Before([String; 2]);

impl Before {
    fn clear(&mut self) {
        self.0.iter_mut().for_each(String::clear);
    }

    fn push(&mut self, word: &str) {
        self.0.swap(0, 1);
        let noun = &mut self.0[1];
        noun.clear();
        noun.extend(word.chars().take(32).map(|letter| letter.to_ascii_lowercase()));
    }

    fn noun(&self) -> &str {
        &self.0[1]
    }
}

impl Normalizer {
    /// The normalised `text`: variables are placeholders, white space and control characters are single spaces.
    /// The time is proportional to the length of the text, and bounded, because only its beginning is read.
    pub fn normalize(&mut self, text: &str) -> &str {
        self.pattern.clear();
        self.before.clear();
        self.quotes.clear();
        let mut clean = std::mem::take(&mut self.clean);
        prepare(text, &mut clean);
        let mut at = 0;
        while at < clean.len() {
            let before = self.pattern.len();
            at += self.step(&clean, at).max(1);
            while !clean.is_char_boundary(at) {
                at += 1;
            }
            if self.pattern.len() > MAX_PATTERN {
                self.pattern.truncate(before.min(self.pattern.len()));
                self.pattern.push('…');
                break;
            }
        }
        self.clean = clean;
        &self.pattern
    }

    /// Reads what begins at `at`; returns the number of bytes read.
    fn step(&mut self, clean: &str, at: usize) -> usize {
        let rest = &clean[at..];
        let Some(first) = rest.chars().next() else { return 1 };
        if first == '‹'
            && let Some(end) = rest.find('›').filter(|end| *end < MAX_PLACEHOLDER)
        {
            let end = end + '›'.len_utf8();
            self.place(&rest[..end]);
            return end;
        }
        if self.quotes.is_close(at) {
            return self.copy(first);
        }
        if let Some(quote) = self.quotes.open(clean, at) {
            self.copy(first);
            if quote.is_name(clean, self.before.noun()) {
                self.place("‹name›");
                return quote.content.end - at;
            }
            self.quotes.read_as_text(&quote);
            return first.len_utf8();
        }
        if first == '[' {
            let length = address::bracketed_length(rest);
            if length > 0 {
                self.place("‹host›");
                return length;
            }
        }
        let time = time::time_length(rest);
        if time > 0 {
            self.place("‹time›");
            return time;
        }
        let chunk = chunk(rest);
        if chunk.is_empty() {
            return self.copy(first);
        }
        if chunk.contains("://") {
            let url = address::url_length(rest);
            if url > 0 {
                self.place("‹url›");
                return url;
            }
        }
        self.chunk(chunk, &rest[chunk.len()..])
    }

    fn copy(&mut self, letter: char) -> usize {
        self.pattern.push(letter);
        letter.len_utf8()
    }

    /// Appends a placeholder; a list of the same placeholder is one.
    fn place(&mut self, placeholder: &str) {
        self.before.clear();
        for separator in [", ", ",", "; ", " ", " and ", "', '", "\", \"", "\",\""] {
            let list = self.pattern.strip_suffix(separator);
            if list.is_some_and(|list| list.ends_with(placeholder)) {
                self.pattern.truncate(self.pattern.len() - separator.len());
                return;
            }
        }
        self.pattern.push_str(placeholder);
    }

    /// Reads one chunk, which `follow` follows; returns the number of bytes read, which can be more.
    fn chunk(&mut self, chunk: &str, follow: &str) -> usize {
        // The hyphen of an arrow, as in `10.0.0.1:443->10.0.0.2:443`, is no part of a word.
        let bare = if follow.starts_with('>') { chunk.trim_end_matches('-') } else { chunk };
        let word = bare.trim_end_matches(['.', ':', '!', '?', '/', '*', '#']);
        let tail = &chunk[word.len()..];
        if !word.contains(char::is_alphanumeric) {
            self.pattern.push_str(chunk);
            return chunk.len();
        }
        if let Some((first, last)) = word.split_once(':')
            && first.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && !address::is_address(word)
        {
            return self.parts(first, &chunk[first.len() + 1..], follow, last.is_empty());
        }
        let context = Context {
            pattern: &self.pattern,
            before: [&self.before.0[0], self.before.noun()],
            follow: if tail.is_empty() { follow } else { tail },
        };
        if let Some(placeholder) = word::placeholder(word, context) {
            self.place(placeholder);
            if placeholder == "‹duration›" && tail.is_empty() {
                return chunk.len() + time::unit_length(follow);
            }
        } else if let Some((first, last)) =
            word.split_once(':').filter(|(first, _)| !first.is_empty())
        {
            return self.parts(first, &chunk[first.len() + 1..], follow, last.is_empty());
        } else {
            let kept = word::product_length(word).unwrap_or(word.len());
            self.pattern.push_str(&word[..kept]);
            self.before.push(&word[..kept]);
        }
        self.pattern.push_str(tail);
        chunk.len()
    }

    /// Reads a chunk of two parts with a colon between them.
    fn parts(&mut self, first: &str, last: &str, follow: &str, is_label: bool) -> usize {
        self.chunk(first, ":");
        self.pattern.push(':');
        if is_label {
            self.pattern.push_str(last);
            return first.len() + 1 + last.len();
        }
        first.len() + 1 + self.chunk(last, follow)
    }
}

/// The characters up to the next space, quote or bracket.
fn chunk(rest: &str) -> &str {
    let is_arn = rest.starts_with("arn:");
    let is_end = |letter: char| match letter {
        // It can be a part of the name of a role.
        '=' => !is_arn,
        ' ' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ',' | ';'
        | '“' | '”' | '„' | '‘' | '’' | '‚' | '‹' | '›' | '«' | '»' | '「' | '」' => {
            true
        }
        _ => letter > '\u{2e7f}' && !letter.is_alphanumeric(),
    };
    let mut ends = rest.match_indices(is_end).map(|(end, _)| end);
    // A comma within a number separates thousands.
    let is_digit = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let is_within =
        |at: usize| rest.as_bytes()[at] == b',' && is_digit(at.wrapping_sub(1)) && is_digit(at + 1);
    let mut end = ends.find(|end| !is_within(*end)).unwrap_or(rest.len()).min(MAX_CHUNK);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    &rest[..end]
}
