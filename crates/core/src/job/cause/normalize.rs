//! Replaces what varies in a text by placeholders such as `‹uuid›`.
//!
//! The text is read once, in chunks between spaces, quotes and brackets. A quoted word is a name, unless the word before
//! the quote says that it is a code, a state or an action.

use crate::job::cause::shape;

/// The most characters of a text that are read. Texts come from servers, and can have any length.
const MAX_READ: usize = 2_000;
/// The longest normalised text, in bytes. Less than what is read, so that the length of a name does not decide where
/// the text ends.
const MAX_PATTERN: usize = 1_500;
/// The longest chunk that is examined as one word, in bytes.
const MAX_CHUNK: usize = 256;

/// Normalises texts in memory that it reuses.
#[derive(Debug, Default)]
pub struct Normalizer {
    clean: String,
    pattern: String,
    /// The last words before the current chunk, in lower case.
    before: [String; 2],
    /// The positions of the closing quotes of phrases that are read as text.
    closing: Vec<usize>,
}

impl Normalizer {
    /// The normalised `text`: variables are placeholders, white space and control characters are single spaces.
    /// Normalising it again does not change it.
    pub fn normalize(&mut self, text: &str) -> &str {
        self.pattern.clear();
        self.closing.clear();
        self.before.iter_mut().for_each(String::clear);
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
        if let Some(end) = rest.starts_with('‹').then(|| rest.find('›')).flatten()
            && end < 24
        {
            let end = end + '›'.len_utf8();
            self.place(&rest[..end]);
            return end;
        }
        if self.closing.last() == Some(&at) {
            self.closing.pop();
            return self.copy_char(rest);
        }
        if let Some(length) = self.quoted(clean, at) {
            return length;
        }
        let time = shape::time_length(rest);
        if time > 0 {
            self.place("‹time›");
            return time;
        }
        let url = shape::url_length(rest);
        if url > 0 {
            self.place("‹url›");
            return url;
        }
        let chunk = chunk(rest);
        if chunk.is_empty() {
            return self.copy_char(rest);
        }
        self.chunk(chunk, &rest[chunk.len()..]);
        chunk.len()
    }

    fn copy_char(&mut self, rest: &str) -> usize {
        let Some(letter) = rest.chars().next() else { return 1 };
        self.pattern.push(letter);
        letter.len_utf8()
    }

    /// Reads a quoted name, or the opening quote of a quoted phrase.
    fn quoted(&mut self, clean: &str, at: usize) -> Option<usize> {
        let rest = &clean[at..];
        let open = rest.chars().next()?;
        let close = match open {
            '"' | '\'' | '`' => open,
            '“' => '”',
            '‘' => '’',
            _ => return None,
        };
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        if is_word(clean[..at].chars().next_back()) {
            return None;
        }
        let start = open.len_utf8();
        let mut ends = rest[start..].match_indices(close).map(|(end, _)| start + end);
        let end = ends.find(|end| !is_word(rest[end + close.len_utf8()..].chars().next()))?;
        let content = &rest[start..end];
        let [_, noun] = &self.before;
        let follow = rest[end + close.len_utf8()..].trim_start();
        let is_name = if content.trim().is_empty() || content.contains('‹') || content.len() > 128
        {
            false
        } else if content.contains(' ') {
            shape::is_named(noun)
        } else {
            let is_member = open == '"' && follow.starts_with(':');
            !is_member && !shape::is_kept(noun) && !shape::is_constant(content)
        };
        self.pattern.push(open);
        if !is_name || content.contains("://") {
            self.closing.push(at + end);
            return Some(start);
        }
        self.place("‹name›");
        self.pattern.push(close);
        Some(end + close.len_utf8())
    }

    /// Appends a placeholder; a list of the same placeholder is one.
    fn place(&mut self, placeholder: &str) {
        self.pattern.push_str(placeholder);
        self.before.iter_mut().for_each(String::clear);
        for separator in [", ", ",", "; ", " ", " and ", "', '", "\", \"", "\",\""] {
            let list = [placeholder, separator, placeholder].concat();
            if self.pattern.ends_with(&list) {
                let end = self.pattern.len() - list.len() + placeholder.len();
                self.pattern.truncate(end);
                return;
            }
        }
    }

    /// Reads one chunk, which `follow` follows.
    fn chunk(&mut self, chunk: &str, follow: &str) {
        let word = chunk.trim_end_matches(['.', ':', '!', '?', '-', '/', '*', '#']);
        if word.is_empty() {
            self.pattern.push_str(chunk);
            return;
        }
        let parts = word.split_once(':');
        let is_split = |(first, _): &(&str, &str)| {
            let is_label = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
            first.bytes().all(is_label) && !shape::is_address(word)
        };
        if let Some((first, _)) = parts.filter(is_split) {
            self.chunk(first, ":");
            self.pattern.push(':');
            self.chunk(&chunk[first.len() + 1..], follow);
            return;
        }
        let [before, noun] = &self.before;
        if let Some(placeholder) = shape::placeholder(word, before, noun, follow) {
            self.place(placeholder);
        } else if let Some((first, last)) =
            word.split_once(':').filter(|(first, _)| !first.is_empty())
        {
            self.chunk(first, ":");
            self.pattern.push(':');
            if !last.is_empty() {
                self.chunk(last, follow);
            }
        } else {
            self.pattern.push_str(word);
            self.before.swap(0, 1);
            let noun = &mut self.before[1];
            noun.clear();
            noun.extend(word.chars().take(32).map(|letter| letter.to_ascii_lowercase()));
        }
        self.pattern.push_str(&chunk[word.len()..]);
    }
}

/// The characters up to the next space, quote or bracket.
fn chunk(rest: &str) -> &str {
    let ends = |letter: char| " \"'`“”‘’()[]{}<>,;|=‹›".contains(letter);
    let mut end = rest.find(ends).unwrap_or(rest.len()).min(MAX_CHUNK);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    &rest[..end]
}

/// Writes the text that is read to `clean`: no control and no invisible characters, single spaces, no escapes of
/// quotes, and of a web page only its words.
fn prepare(text: &str, clean: &mut String) {
    clean.clear();
    let is_html = crate::format::text::is_html(text);
    let mut in_tag = false;
    for letter in text.chars().take(MAX_READ) {
        let letter = match letter {
            '<' if is_html => {
                in_tag = true;
                ' '
            }
            '>' if is_html => {
                in_tag = false;
                ' '
            }
            _ if in_tag => continue,
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {
                continue;
            }
            _ if letter.is_whitespace() || letter.is_control() => ' ',
            _ => letter,
        };
        if letter == '"' {
            clean.truncate(clean.trim_end_matches('\\').len());
        }
        if letter != ' ' || !(clean.is_empty() || clean.ends_with(' ')) {
            clean.push(letter);
        }
    }
    clean.truncate(clean.trim_end().len());
}
