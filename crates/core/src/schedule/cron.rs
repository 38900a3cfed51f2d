//! The five fields of a schedule's `run_at`: read, told in words, and the instants they name.
//!
//! Syntax from CONTRACT.md 3, family 18: minute, hour, day of month, month, day of week; `*`, `/`, `,`
//! and `-`, `?` for either kind of day, names of months and days in any case. Which zone the
//! appliance reckons in is not documented: instants here are in UTC, and a page must say so.

use crate::format::time::{Timestamp, date_of_day};

/// When a schedule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cron {
    /// One bit for each value of minute, hour, day of month, month and day of week.
    fields: [u64; 5],
}

struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    /// The names of the values from `first` on.
    names: &'static [&'static str],
}

const MINUTE: usize = 0;
const HOUR: usize = 1;
const DAY: usize = 2;
const MONTH: usize = 3;
const WEEKDAY: usize = 4;

const MONTHS: &[&str] = &[
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
const WEEKDAYS: &[&str] = &[
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

const FIELDS: [Field; 5] = [
    field("minute", 0, 59, &[]),
    field("hour", 0, 23, &[]),
    field("day of the month", 1, 31, &[]),
    field("month", 1, 12, MONTHS),
    field("day of the week", 0, 6, WEEKDAYS),
];

const fn field(name: &'static str, first: u32, last: u32, names: &'static [&'static str]) -> Field {
    Field {
        name,
        first,
        last,
        names,
    }
}

/// No schedule that runs at all waits longer: 29 February recurs within eight years.
const HORIZON_DAYS: i64 = 8 * 366;

impl Cron {
    /// Reads the five fields.
    ///
    /// # Errors
    ///
    /// A sentence that names the field and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() != FIELDS.len() {
            return Err(format!(
                "A schedule has five fields (minute, hour, day of the month, month, day of the week), not {}",
                words.len()
            ));
        }
        let mut fields = [0; 5];
        for (index, word) in words.into_iter().enumerate() {
            let bits = FIELDS[index].read(word, index == DAY || index == WEEKDAY);
            let wrong = || format!("“{word}” is no {}", FIELDS[index].name);
            fields[index] = bits.ok_or_else(wrong)?;
        }
        Ok(Self { fields })
    }

    /// The next instant after `after`; `None` if there is none, as for 30 February.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let minute = after.ms().div_euclid(60_000) + 1;
        let (today, from) = (minute.div_euclid(1_440), minute.rem_euclid(1_440));
        (today..today + HORIZON_DAYS)
            .filter(|&day| self.runs_on(day))
            .find_map(|day| {
                let from = if day == today { from } else { 0 };
                let time = (from..1_440).find(|&time| self.runs_at(time))?;
                Some(Timestamp::from_ms((day * 1_440 + time) * 60_000))
            })
    }

    fn runs_at(&self, minute_of_day: i64) -> bool {
        self.has(HOUR, minute_of_day / 60) && self.has(MINUTE, minute_of_day % 60)
    }

    /// Whether it runs on this day, counted from 1970. As in cron since ever, a day of the month and
    /// a day of the week that are both given are alternatives.
    fn runs_on(&self, day: i64) -> bool {
        let (_, month, day_of_month) = date_of_day(day);
        let of_month = self.has(DAY, day_of_month);
        // 1970 began on a Thursday.
        let of_week = self.has(WEEKDAY, (day + 4).rem_euclid(7));
        let either = !self.is_any(DAY) && !self.is_any(WEEKDAY);
        self.has(MONTH, month)
            && if either {
                of_month || of_week
            } else {
                of_month && of_week
            }
    }

    fn has(&self, field: usize, value: i64) -> bool {
        self.fields[field] >> value & 1 == 1
    }

    fn is_any(&self, field: usize) -> bool {
        self.fields[field] == Field::every(FIELDS[field].first, FIELDS[field].last, 1)
    }

    /// In words: `at 02:30 on Monday to Friday`, `every 15 minutes`, `at 00:00 on day 1 in January`.
    pub fn words(&self) -> String {
        let mut words = self.time_words();
        let days = [
            (DAY, "on day ", self.list(DAY)),
            (WEEKDAY, "on ", self.list(WEEKDAY)),
        ];
        let days: Vec<String> = (days.into_iter())
            .filter(|(field, ..)| !self.is_any(*field))
            .map(|(_, before, list)| format!("{before}{list}"))
            .collect();
        if days.is_empty() && !words.starts_with("every") && self.is_any(MONTH) {
            words.push_str(" every day");
        } else if !days.is_empty() {
            words = format!("{words} {}", days.join(" or "));
        }
        if !self.is_any(MONTH) {
            words = format!("{words} in {}", self.list(MONTH));
        }
        words
    }

    fn time_words(&self) -> String {
        let (minutes, hours) = (self.values(MINUTE), self.values(HOUR));
        let every_hour = self.is_any(HOUR);
        match (minutes.as_slice(), every_hour) {
            _ if self.is_any(MINUTE) && every_hour => "every minute".to_owned(),
            ([0, step, ..], true)
                if self.fields[MINUTE] == Field::every(0, 59, *step) && 60 % step == 0 =>
            {
                format!("every {step} minutes")
            }
            ([0], true) => "every hour".to_owned(),
            ([minute], true) => format!("every hour at minute {minute}"),
            (minutes, false) if minutes.len() * hours.len() <= 6 => {
                let times = hours.iter().flat_map(|hour| {
                    minutes
                        .iter()
                        .map(move |minute| format!("{hour:02}:{minute:02}"))
                });
                format!("at {}", listed(times.collect()))
            }
            (_, true) => format!("every hour at minutes {}", self.list(MINUTE)),
            _ if self.is_any(MINUTE) => format!("every minute of hours {}", self.list(HOUR)),
            _ => format!(
                "at minutes {} of hours {}",
                self.list(MINUTE),
                self.list(HOUR)
            ),
        }
    }

    fn values(&self, field: usize) -> Vec<u32> {
        let Field { first, last, .. } = FIELDS[field];
        (first..=last)
            .filter(|&value| self.has(field, value.into()))
            .collect()
    }

    /// The values of a field, three and more in a row as a span.
    fn list(&self, field: usize) -> String {
        let values = self.values(field);
        let rows = values.chunk_by(|one, next| one + 1 == *next);
        let name = |value: u32| FIELDS[field].say(value);
        let parts = rows.flat_map(|row| match row {
            [first, _, .., last] => vec![format!("{} to {}", name(*first), name(*last))],
            few => few.iter().map(|&value| name(value)).collect(),
        });
        listed(parts.collect())
    }
}

impl Field {
    fn read(&self, word: &str, is_day: bool) -> Option<u64> {
        if word == "?" && is_day {
            return Some(Self::every(self.first, self.last, 1));
        }
        word.split(',')
            .try_fold(0, |bits, part| Some(bits | self.read_part(part)?))
    }

    /// `*`, a value or a span of values, each with or without a step. From a single value with a
    /// step it goes on to the last one.
    fn read_part(&self, part: &str) -> Option<u64> {
        let (span, step) = match part.split_once('/') {
            Some((span, step)) => (span, Some(number(step).filter(|&step| step > 0)?)),
            None => (part, None),
        };
        let (from, to) = match span.split_once('-') {
            _ if span == "*" => (self.first, self.last),
            Some((from, to)) => (self.value(from)?, self.value(to)?),
            None => {
                let value = self.value(span)?;
                (value, if step.is_some() { self.last } else { value })
            }
        };
        let bits = Self::every(from, to, step.unwrap_or(1));
        // The seventh day of the week is the first one again.
        let sunday = self.last == 6 && bits >> 7 & 1 == 1;
        let bits = if sunday { bits & !(1 << 7) | 1 } else { bits };
        (from <= to).then_some(bits)
    }

    fn value(&self, text: &str) -> Option<u32> {
        let named = || {
            let mut names = self.names.iter();
            let at = names.position(|name| name[..3].eq_ignore_ascii_case(text))?;
            Some(self.first + u32::try_from(at).ok()?)
        };
        // Sunday is 0 here, and 7 for those who count from Monday.
        let last = if self.last == 6 { 7 } else { self.last };
        let value = number(text).or_else(named)?;
        (self.first..=last).contains(&value).then_some(value)
    }

    fn every(from: u32, to: u32, step: u32) -> u64 {
        let step = usize::try_from(step).unwrap_or(usize::MAX);
        (from..=to)
            .step_by(step)
            .fold(0, |bits, value| bits | 1 << value)
    }

    fn say(&self, value: u32) -> String {
        let name = self.names.get((value - self.first) as usize);
        name.map_or_else(|| value.to_string(), |&name| name.to_owned())
    }
}

fn number(digits: &str) -> Option<u32> {
    let all_digits = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| all_digits)
}

/// `a`, `a and b`, `a, b and c`.
fn listed(mut parts: Vec<String>) -> String {
    let last = parts.pop().unwrap_or_default();
    match parts.as_slice() {
        [] => last,
        parts => format!("{} and {last}", parts.join(", ")),
    }
}
