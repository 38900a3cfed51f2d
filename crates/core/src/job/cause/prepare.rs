//! Prepares a text to be normalised: one line, without invisible characters and markup.

use crate::format::text::is_html;

/// The most characters of a text that are read. Texts come from servers, and can have any length.
const MAX_READ: usize = 2_000;

/// What becomes of the tags in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Markup {
    /// There are none.
    None,
    /// Tags are removed: only the words of a web page matter.
    Html,
    /// `<Code>` becomes `Code:`, because the names of XML elements say what their values are.
    Xml,
}

/// Writes the text that is read to `clean`: white space and control characters are single spaces, quotes have no
/// escapes, there is no space around the punctuation of JSON, and no tag.
pub fn prepare(text: &str, clean: &mut String) {
    clean.clear();
    let text = text.char_indices().nth(MAX_READ).map_or(text, |(end, _)| &text[..end]);
    let markup = markup(text);
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        at += letter.len_utf8();
        match letter {
            '<' if markup != Markup::None => {
                // Beyond an unclosed tag there is no text.
                let tag = rest.find('>').map_or(rest, |end| &rest[..=end]);
                at += tag.len() - 1;
                push(clean, ' ');
                let name = tag[1..].split([' ', '/', '>']).next().unwrap_or_default();
                if markup == Markup::Xml && !name.is_empty() && !name.starts_with(['!', '?']) {
                    clean.push_str(name);
                    clean.push_str(": ");
                }
            }
            '\\' if is_line_break(rest, clean) => {
                at += 1;
                push(clean, ' ');
            }
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            _ if letter.is_whitespace() || letter.is_control() => push(clean, ' '),
            _ => push(clean, letter),
        }
    }
    clean.truncate(clean.trim_end().len());
}

/// Appends a character, and removes what is before it but has no meaning.
fn push(clean: &mut String, letter: char) {
    match letter {
        ' ' if matches!(clean.as_bytes().last(), None | Some(b' ' | b'{' | b'[')) => return,
        '"' | '{' | '[' | '0'..='9' if clean.ends_with(' ') => {
            let is_value = clean.ends_with("\": ");
            let is_next = letter == '"' && clean.ends_with(", ") || clean.ends_with("}, ");
            if is_value || is_next {
                clean.pop();
            }
        }
        ':' | ',' | '}' | ']' if clean.ends_with(' ') => {
            let is_value = clean.ends_with("\" ") || clean.ends_with("} ");
            if is_value || matches!(letter, '}' | ']') {
                clean.pop();
            }
        }
        // The escapes of a quote in a text in JSON.
        '"' => clean.truncate(clean.trim_end_matches('\\').len()),
        _ => {}
    }
    clean.push(letter);
}

/// Whether `rest` begins with an escaped line break or tab, as in JSON within a text. `DOMAIN\name` has none.
fn is_line_break(rest: &str, clean: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    matches!(letters.next(), Some('n' | 'r' | 't'))
        && (!letters.next().is_some_and(char::is_lowercase)
            || !clean.ends_with(char::is_alphanumeric))
}

fn markup(text: &str) -> Markup {
    let is_element = |text: &str| {
        text.strip_prefix('<')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '?'))
    };
    if is_html(text) {
        Markup::Html
    } else if is_element(text.trim_start()) && text.contains("</") {
        Markup::Xml
    } else {
        Markup::None
    }
}
