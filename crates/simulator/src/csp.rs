//! Reports of violated content security policies, as browsers send them: with `report-uri` one
//! object, with the Reporting API an array. Must not judge them.

use jiff::Timestamp;
use serde_json::Value;

use crate::json::{Writer, object};

/// How many reports are kept.
const MOST: usize = 1000;

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// When it was reported, by the simulator's clock.
    pub time: Timestamp,
    /// The page.
    pub document: String,
    /// The directive that was violated.
    pub directive: String,
    /// What was blocked.
    pub blocked: String,
    /// The report as it came.
    pub raw: String,
}

/// The reports so far.
#[derive(Debug, Default)]
pub struct Reports(Vec<Report>);

impl Reports {
    /// Keeps what a browser sent; tells whether it could be read.
    pub fn keep(&mut self, time: Timestamp, body: &[u8]) -> bool {
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            return false;
        };
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            if self.0.len() < MOST {
                self.0.push(read(time, &value));
            }
        }
        true
    }

    /// All, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Report> {
        self.0.iter()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// As JSON.
    pub(crate) fn write(&self) -> String {
        object(|out| {
            out.name("reports");
            out.open('[');
            self.iter().for_each(|report| report.write(out));
            out.close(']');
        })
    }
}

impl Report {
    fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text("time", &self.time.to_string());
        out.text("document", &self.document);
        out.text("directive", &self.directive);
        out.text("blocked", &self.blocked);
        out.member("raw", &self.raw);
        out.close('}');
    }
}

fn read(time: Timestamp, value: &Value) -> Report {
    let inner = value
        .get("csp-report")
        .or_else(|| value.get("body"))
        .unwrap_or(value);
    let text = |names: [&str; 2]| {
        let found = names.iter().find_map(|name| inner.get(name)?.as_str());
        found.unwrap_or_default().to_owned()
    };
    Report {
        time,
        document: text(["document-uri", "documentURL"]),
        directive: text(["effective-directive", "effectiveDirective"]),
        blocked: text(["blocked-uri", "blockedURL"]),
        raw: value.to_string(),
    }
}
