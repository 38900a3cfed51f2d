//! Reports of content security policy violations, as browsers send them: one object with `report-uri`,
//! an array with the Reporting API.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

const MAX_REPORTS: usize = 1000;

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CspReport {
    /// When it was reported, by the simulator's clock.
    pub time: Timestamp,
    /// The page.
    pub document: String,
    /// The violated directive.
    pub directive: String,
    /// The blocked address, or a keyword such as `inline`.
    pub blocked: String,
    /// The report as the browser sent it.
    pub raw: Value,
}

/// The reports so far.
#[derive(Debug, Default)]
pub struct CspReports(Vec<CspReport>);

impl CspReports {
    /// Adds the reports that a browser sent. Returns false if it is not JSON.
    pub fn add(&mut self, time: Timestamp, body: &[u8]) -> bool {
        let reports = match serde_json::from_slice(body) {
            Ok(Value::Array(reports)) => reports,
            Ok(report) => vec![report],
            Err(_) => return false,
        };
        let reports = reports.into_iter().map(|report| CspReport::new(time, report));
        self.0.extend(reports);
        self.0.truncate(MAX_REPORTS);
        true
    }

    /// All reports, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &CspReport> {
        self.0.iter()
    }

    /// Removes all reports.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl CspReport {
    fn new(time: Timestamp, raw: Value) -> Self {
        let inner = raw.get("csp-report").or_else(|| raw.get("body")).unwrap_or(&raw);
        let text = |names: [&str; 2]| {
            let found = names.iter().find_map(|name| inner.get(name)?.as_str());
            found.unwrap_or_default().to_owned()
        };
        Self {
            time,
            document: text(["document-uri", "documentURL"]),
            directive: text(["effective-directive", "effectiveDirective"]),
            blocked: text(["blocked-uri", "blockedURL"]),
            raw,
        }
    }
}
