//! The five fields of `run_at` (minute, hour, day of month, month and day of week) and the times that
//! they match (CONTRACT.md 3, family 18). In UTC, since no zone is documented. This is deliberately not
//! a library: the console uses one, and each is tested against the other.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::error::ApiError;

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// The values of a field. Names have three letters, and Sunday is 0 and never 7: both are assumptions,
/// since the contract only says that there are names.
struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    names: &'static [&'static str],
    /// Whether `?` is allowed.
    question: bool,
}

const FIELDS: [Field; 5] = [
    field("minute", 0, 59, &[], false),
    field("hour", 0, 23, &[], false),
    field("day of month", 1, 31, &[], true),
    field("month", 1, 12, MONTHS, false),
    field("day of week", 0, 6, WEEKDAYS, true),
];

const fn field(
    name: &'static str,
    first: u32,
    last: u32,
    names: &'static [&'static str],
    question: bool,
) -> Field {
    Field { name, first, last, names, question }
}

/// The minutes at which a schedule is due: for each field one bit for each value.
#[derive(Clone, Debug)]
pub struct Cron {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    /// Whether a day matches if either day field matches. Cron does so if both are restricted; the
    /// contract is silent.
    either: bool,
}

impl FromStr for Cron {
    type Err = ApiError;

    /// Parses the five fields; the error is a 400 that names the invalid field.
    fn from_str(text: &str) -> Result<Self, ApiError> {
        let texts: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = texts.as_slice() else {
            let message = "must have the five fields of cron";
            return Err(ApiError::validation("run_at", message));
        };
        let unrestricted = |text: &str| matches!(text, "*" | "?");
        let [minutes, hours, days, months, weekdays] = FIELDS;
        Ok(Self {
            minutes: minutes.parse(minute)?,
            hours: hours.parse(hour)?,
            days: days.parse(day)?,
            months: months.parse(month)?,
            weekdays: weekdays.parse(weekday)?,
            either: !unrestricted(day) && !unrestricted(weekday),
        })
    }
}

impl Cron {
    /// The last `max` times later than `after` and not later than `until`, the oldest first.
    pub fn times(&self, after: Timestamp, until: Timestamp, max: usize) -> Vec<Timestamp> {
        let mut times = Vec::new();
        let day = |time| Offset::UTC.to_datetime(time).date();
        let (first, mut date) = (day(after), day(until));
        // From the end, so that the cost of a long period does not exceed that of `max` times.
        while times.len() < max && date >= first {
            if self.matches(date) {
                let due = self.minutes_of(date).filter(|at| after < *at && *at <= until);
                times.extend(due.take(max - times.len()));
            }
            match date.yesterday() {
                Ok(before) => date = before,
                Err(_) => break,
            }
        }
        times.reverse();
        times
    }

    /// Whether the schedule is due on this day.
    fn matches(&self, date: Date) -> bool {
        let day = has(self.days, date.day());
        let weekday = has(self.weekdays, date.weekday().to_sunday_zero_offset());
        let days = if self.either { day || weekday } else { day && weekday };
        days && has(self.months, date.month())
    }

    /// The times of a day, the latest first.
    fn minutes_of(&self, date: Date) -> impl Iterator<Item = Timestamp> {
        let hours = (0..24_i8).rev().filter(|hour| has(self.hours, *hour));
        hours.flat_map(move |hour| {
            let minutes = (0..60_i8).rev().filter(|minute| has(self.minutes, *minute));
            minutes.filter_map(move |minute| {
                Offset::UTC.to_timestamp(date.at(hour, minute, 0, 0)).ok()
            })
        })
    }
}

fn has(bits: u64, value: i8) -> bool {
    bits >> value & 1 == 1
}

impl Field {
    /// One bit for each value that the text names.
    fn parse(&self, text: &str) -> Result<u64, ApiError> {
        let invalid =
            || ApiError::validation("run_at", &format!("{text} is not a valid {}", self.name));
        if text == "?" && self.question {
            return self.parse("*");
        }
        let mut bits = 0;
        for part in text.split(',') {
            let (range, step) = match part.split_once('/') {
                Some((range, step)) => (range, Some(number(step).filter(|step| *step > 0))),
                None => (part, None),
            };
            let (from, to) = match (range, range.split_once('-')) {
                ("*", _) => (Some(self.first), Some(self.last)),
                (_, Some((from, to))) => (self.value(from), self.value(to)),
                // `5/10` continues to the end of the field, as in cron.
                (one, None) if step.is_some() => (self.value(one), Some(self.last)),
                (one, None) => (self.value(one), self.value(one)),
            };
            let (Some(from), Some(to), Some(step)) = (from, to, step.unwrap_or(Some(1))) else {
                return Err(invalid());
            };
            if from > to {
                return Err(invalid());
            }
            for value in (from..=to).filter(|value| (value - from).is_multiple_of(step)) {
                bits |= 1 << value;
            }
        }
        Ok(bits)
    }

    /// A value by number or name.
    fn value(&self, text: &str) -> Option<u32> {
        let mut named = (self.first..).zip(self.names);
        let known = named.find(|(_, name)| name.eq_ignore_ascii_case(text));
        let value = known.map(|(value, _)| value).or_else(|| number(text));
        value.filter(|value| (self.first..=self.last).contains(value))
    }
}

/// Only digits: `parse` would also accept a plus sign.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}
