//! The cron expression in a schedule's `run_at`, and the times at which it runs.
//!
//! Five fields, from CONTRACT.md 3, family 18: minute, hour, day of month, month, day of week; `*`, `/`, `,` and
//! `-`, `?` for both kinds of day, names of months and days in any case. croner computes the times. It accepts
//! more than that (`@daily`, `L`, `W`, `#`, `+`, empty entries, names of the wrong field), so this file checks
//! each field first and gives croner numbers only.
//!
//! Three things are not documented (CONTRACT.md 11.7), and the page says so: the zone of the times, here UTC; the
//! day of the week 7, here Sunday; and whether a day must match one or both of the fields for days if both are
//! given, here one, as in cron.

use std::str::FromStr;

use chrono::DateTime;
use croner::CronComponent;
use croner::parser::{CronParser, Seconds, Year};

use crate::format::text::parse_digits;
use crate::format::time::Timestamp;

/// When a schedule runs. Parsed from its five fields; the error is a sentence that names the wrong field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    /// The values of minute, hour, day of month, month and day of week, ascending.
    pub(super) values: [Vec<u16>; 5],
    /// Whether a field is written as a star or `?`. One that names every value, such as `1-31`, is given: for
    /// cron this makes a difference in the fields for days.
    is_star: [bool; 5],
    /// Whether the day of the week is written as 7.
    has_seven: bool,
    schedule: croner::Cron,
}

pub(super) struct Field {
    name: &'static str,
    first: u16,
    last: u16,
    /// The names of the values from `first` on.
    names: &'static [&'static str],
}

pub(super) const MINUTE: usize = 0;
pub(super) const HOUR: usize = 1;
pub(super) const DAY: usize = 2;
pub(super) const MONTH: usize = 3;
pub(super) const WEEKDAY: usize = 4;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

pub(super) const FIELDS: [Field; 5] = [
    Field::new("minute", 0, 59, &[]),
    Field::new("hour", 0, 23, &[]),
    Field::new("day of the month", 1, 31, &[]),
    Field::new("month", 1, 12, &MONTHS),
    Field::new("day of the week", 0, 6, &WEEKDAYS),
];

impl FromStr for Cron {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let texts: Vec<&str> = text.split_whitespace().collect();
        if texts.len() != FIELDS.len() {
            return Err(format!(
                "A schedule has five fields (minute, hour, day of the month, month, day of the week), not {}",
                texts.len()
            ));
        }
        let mut values = [const { Vec::new() }; 5];
        let mut is_star = [false; 5];
        for (at, (field, text)) in FIELDS.iter().zip(&texts).enumerate() {
            values[at] = field
                .values(text)
                .ok_or_else(|| format!("“{text}” is not a valid {}", field.name))?;
            is_star[at] = values[at].len() == field.size() && text.contains(['*', '?']);
        }
        // Without the steps: `*/7` does not name the day 7.
        let has_seven = texts[WEEKDAY]
            .split([',', '-'])
            .filter_map(|value| value.split('/').next())
            .any(|value| parse_digits::<u16>(value) == Some(7));
        let fields: Vec<String> = values
            .iter()
            .zip(is_star)
            .map(|(values, is_star)| {
                if is_star {
                    return "*".to_owned();
                }
                let values: Vec<String> = values.iter().map(u16::to_string).collect();
                values.join(",")
            })
            .collect();
        let schedule = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build()
            .parse(&fields.join(" "))
            .map_err(|error| error.to_string())?;
        Ok(Self { values, is_star, has_seven, schedule })
    }
}

impl Cron {
    /// The next time after `after`; `None` if there is none, as for 30 February.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        if self.never_runs().is_some() {
            // croner would search until the year 5000.
            return None;
        }
        let after = DateTime::from_timestamp_millis(after.as_ms())?.naive_utc();
        let next = self.schedule.find_next_occurrence(&after, false).ok()?;
        Some(Timestamp::from_ms(next.and_utc().timestamp_millis()))
    }

    /// What the expression leaves to the server, as sentences about what this console assumes.
    pub fn remarks(&self) -> Vec<&'static str> {
        let both = "Both the day of the month and the day of the week are given. Which days the server takes then \
                    is not documented: this console assumes those that match one of them.";
        let seven = "The day of the week 7 is not documented: this console assumes Sunday.";
        [(self.has_both_days(), both), (self.has_seven, seven)]
            .into_iter()
            .filter_map(|(applies, remark)| applies.then_some(remark))
            .collect()
    }

    /// Why the expression should not be sent; `None` if it can be.
    pub fn error(&self) -> Option<String> {
        let seven = "7 is not documented as a day of the week: write 0 or SUN for Sunday";
        self.has_seven.then(|| seven.to_owned()).or_else(|| self.never_runs())
    }

    /// Why no day of the calendar matches; `None` if one does.
    pub fn never_runs(&self) -> Option<String> {
        (!self.has_a_day()).then(|| {
            let (days, months) = (self.list(DAY), self.list(MONTH));
            format!("This never runs: there is no day {days} in {months}")
        })
    }

    /// Whether both the day of the month and the day of the week are given.
    fn has_both_days(&self) -> bool {
        !self.is_star(DAY) && !self.is_star(WEEKDAY)
    }

    fn has_a_day(&self) -> bool {
        let days_in_longest = |month: &u16| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let longest = self.values[MONTH].iter().map(days_in_longest).max();
        !self.is_star(WEEKDAY) || self.values[DAY].first() <= longest.as_ref()
    }

    /// Whether the field is written as a star or `?`.
    pub(super) fn is_star(&self, field: usize) -> bool {
        self.is_star[field]
    }

    /// Whether the field has every value.
    pub(super) fn is_any(&self, field: usize) -> bool {
        self.values[field].len() == FIELDS[field].size()
    }
}

impl Field {
    const fn new(
        name: &'static str,
        first: u16,
        last: u16,
        names: &'static [&'static str],
    ) -> Self {
        Self { name, first, last, names }
    }

    fn size(&self) -> usize {
        usize::from(self.last - self.first) + 1
    }

    fn is_weekday(&self) -> bool {
        self.last == 6
    }

    /// The values that `text` selects, ascending; `None` if it is not valid.
    fn values(&self, text: &str) -> Option<Vec<u16>> {
        let is_day = self.is_weekday() || self.last == 31;
        let text = if text == "?" && is_day { "*" } else { text };
        let parts: Option<Vec<String>> = text.split(',').map(|part| self.numeric(part)).collect();
        // Sunday is 0, or 7 if the week begins with Monday.
        let last = self.last + u16::from(self.is_weekday());
        let mut component = CronComponent::new(self.first, last, 0, 0);
        component.parse(&parts?.join(",")).ok()?;
        let mut values = component.values();
        if self.is_weekday() && values.last() == Some(&7) {
            values.pop();
            if values.first() != Some(&0) {
                values.insert(0, 0);
            }
        }
        Some(values)
    }

    /// Writes one entry of a field in numbers: `*`, a value or a range, each with or without a step.
    fn numeric(&self, part: &str) -> Option<String> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(parse_digits::<u16>(step)?)),
            None => (part, None),
        };
        let range = match (range.split_once('-'), step) {
            _ if range == "*" => range.to_owned(),
            (Some((from, to)), _) => format!("{}-{}", self.value(from)?, self.value(to)?),
            // A single value with a step continues to the last value.
            (None, Some(_)) => format!("{}-{}", self.value(range)?, self.last),
            (None, None) => self.value(range)?.to_string(),
        };
        Some(match step {
            Some(step) => format!("{range}/{step}"),
            None => range,
        })
    }

    /// The name of a value, or its digits.
    pub(super) fn label(&self, value: u16) -> String {
        let name = self.names.get(usize::from(value - self.first));
        name.map_or_else(|| value.to_string(), |&name| name.to_owned())
    }

    /// The value that a number or the first three letters of a name stand for.
    fn value(&self, text: &str) -> Option<u16> {
        let named = || {
            let mut names = self.names.iter();
            let index = names.position(|name| name[..3].eq_ignore_ascii_case(text))?;
            Some(self.first + u16::try_from(index).ok()?)
        };
        parse_digits(text).or_else(named)
    }
}
