//! Describes a cron expression in words.

use crate::schedule::cron::{Cron, DAY, FIELDS, HOUR, MINUTE, MONTH, WEEKDAY};

/// The maximum number of times of day that are listed one by one.
const MAX_TIMES: usize = 6;

impl Cron {
    /// The expression in words, in UTC: `at 02:30 UTC on Monday to Friday`, `every 15 minutes`,
    /// `at 00:00 UTC on day 1 in January`.
    pub fn description(&self) -> String {
        let time = self.time();
        let given: Vec<(usize, &str)> = [(DAY, "on day"), (WEEKDAY, "on")]
            .into_iter()
            .filter(|(field, _)| !self.is_star(*field))
            .collect();
        let days: Vec<String> = given
            .iter()
            // Alone, a field with every value restricts nothing. Beside the other one it adds every day.
            .filter(|(field, _)| given.len() > 1 || !self.is_any(*field))
            .map(|(field, preposition)| format!("{preposition} {}", self.list(*field)))
            .collect();
        let days = if !days.is_empty() {
            format!(" {}", days.join(" or "))
        } else if self.is_any(MONTH) && !time.starts_with("every") {
            " every day".to_owned()
        } else {
            String::new()
        };
        let months =
            if self.is_any(MONTH) { String::new() } else { format!(" in {}", self.list(MONTH)) };
        format!("{time}{days}{months}")
    }

    fn time(&self) -> String {
        let (minutes, hours) = (&self.values[MINUTE], &self.values[HOUR]);
        match (minutes.as_slice(), self.is_any(HOUR)) {
            _ if self.is_any(MINUTE) && self.is_any(HOUR) => "every minute".to_owned(),
            ([0, step, ..], true) if 60 % step == 0 && is_every(minutes, *step) => {
                format!("every {step} minutes")
            }
            ([0], true) => "every hour".to_owned(),
            ([minute], true) => format!("every hour at minute {minute}"),
            (minutes, false) if minutes.len() * hours.len() <= MAX_TIMES => {
                let times = hours.iter().flat_map(|hour| {
                    let time = move |minute| format!("{hour:02}:{minute:02}");
                    minutes.iter().map(time)
                });
                format!("at {} UTC", enumeration(times.collect()))
            }
            (_, true) => format!("every hour at minutes {}", self.list(MINUTE)),
            _ if self.is_any(MINUTE) => format!("every minute of hours {} UTC", self.list(HOUR)),
            _ => {
                let (minutes, hours) = (self.list(MINUTE), self.list(HOUR));
                format!("at minutes {minutes} of hours {hours} UTC")
            }
        }
    }

    /// The values of a field. Three or more successive values become a range.
    pub(super) fn list(&self, field: usize) -> String {
        let rows = self.values[field].chunk_by(|one, next| one + 1 == *next);
        let name = |value: &u16| FIELDS[field].label(*value);
        let parts = rows.flat_map(|row| match row {
            [first, _, .., last] => vec![format!("{} to {}", name(first), name(last))],
            few => few.iter().map(name).collect(),
        });
        enumeration(parts.collect())
    }
}

/// Whether `minutes` are all minutes of an hour that are divisible by `step`.
fn is_every(minutes: &[u16], step: u16) -> bool {
    minutes.iter().copied().eq((0..60).step_by(step.into()))
}

/// `a`, `a and b`, `a, b and c`.
fn enumeration(mut parts: Vec<String>) -> String {
    let last = parts.pop().unwrap_or_default();
    match parts.as_slice() {
        [] => last,
        parts => format!("{} and {last}", parts.join(", ")),
    }
}
