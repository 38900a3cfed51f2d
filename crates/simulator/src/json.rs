//! Writes JSON with its members in a given order, straight into one string. Must not read JSON.

use std::fmt::Write as _;

/// An object or array under construction.
pub struct Writer {
    out: String,
    fresh: bool,
}

impl Writer {
    /// An empty text.
    pub fn new() -> Self {
        Self {
            out: String::new(),
            fresh: true,
        }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.out
    }

    /// Opens with `{` or `[`.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.out.push(bracket);
        self.fresh = true;
    }

    /// Closes with `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
        self.fresh = false;
    }

    /// A member's name.
    pub fn name(&mut self, name: &str) {
        self.comma();
        escape(&mut self.out, name);
        self.out.push(':');
        self.fresh = true;
    }

    /// A string.
    pub fn string(&mut self, value: &str) {
        self.comma();
        escape(&mut self.out, value);
    }

    /// Any other value, as JSON text.
    pub fn raw(&mut self, json: &str) {
        self.comma();
        self.out.push_str(json);
    }

    /// A member with a string.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.string(value);
    }

    /// A member with any other value, as JSON text.
    pub fn member(&mut self, name: &str, json: &str) {
        self.name(name);
        self.raw(json);
    }

    /// A member with an array of strings.
    pub fn texts<S: AsRef<str>>(&mut self, name: &str, values: impl IntoIterator<Item = S>) {
        self.name(name);
        self.open('[');
        for value in values {
            self.string(value.as_ref());
        }
        self.close(']');
    }

    /// Makes room for this many more bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.out.reserve(bytes);
    }

    fn comma(&mut self) {
        if !self.fresh {
            self.out.push(',');
        }
        self.fresh = false;
    }
}

/// Writes an object whose members `fill` adds.
pub fn object(fill: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer::new();
    writer.open('{');
    fill(&mut writer);
    writer.close('}');
    writer.finish()
}

fn escape(out: &mut String, text: &str) {
    out.push('"');
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push_str(text);
    } else {
        for character in text.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                control if control < ' ' => {
                    let _ = write!(out, "\\u{:04x}", u32::from(control));
                }
                other => out.push(other),
            }
        }
    }
    out.push('"');
}
