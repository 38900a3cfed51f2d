//! The five fields of `run_at`, minute, hour, day of month, month and day of week, and the times
//! that they name (CONTRACT.md 3, family 18). In UTC, since no zone is documented. Must not know
//! schedules.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// What a field may hold. Names are of three letters, and Sunday is 0 and never 7: both chosen, as
/// the contract only says that there are names.
struct Field {
    name: &'static str,
    first: u32,
    last: u32,
    names: &'static [&'static str],
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
    Field {
        name,
        first,
        last,
        names,
        question,
    }
}

/// The minutes at which a schedule runs: for each field one bit for each value.
#[derive(Clone, Debug)]
pub struct Cron {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    /// Whether a day may meet either field. So it is with cron where both are restricted; the
    /// contract is silent.
    either: bool,
}

impl Cron {
    /// Reads the five fields.
    ///
    /// # Errors
    ///
    /// What is wrong, with the name of the field.
    pub fn read(text: &str) -> Result<Self, String> {
        let texts: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = texts.as_slice() else {
            return Err("must have the five fields of cron".to_owned());
        };
        let open = |text: &str| matches!(text, "*" | "?");
        let [minutes, hours, days, months, weekdays] = FIELDS;
        Ok(Self {
            minutes: minutes.read(minute)?,
            hours: hours.read(hour)?,
            days: days.read(day)?,
            months: months.read(month)?,
            weekdays: weekdays.read(weekday)?,
            either: !open(day) && !open(weekday),
        })
    }

    /// The last `most` times after the one and not after the other, the oldest first.
    pub fn times(&self, after: Timestamp, until: Timestamp, most: usize) -> Vec<Timestamp> {
        let mut times = Vec::new();
        let day = |time| Offset::UTC.to_datetime(time).date();
        let (first, mut date) = (day(after), day(until));
        // From the end, so that what a long time has brought costs no more than what is kept of it.
        while times.len() < most && date >= first {
            if self.matches(date) {
                let meant = self
                    .minutes_of(date)
                    .filter(|at| after < *at && *at <= until);
                times.extend(meant.take(most - times.len()));
            }
            match date.yesterday() {
                Ok(before) => date = before,
                Err(_) => break,
            }
        }
        times.reverse();
        times
    }

    /// Whether the day is one of those that are meant.
    fn matches(&self, date: Date) -> bool {
        let day = has(self.days, date.day());
        let weekday = has(self.weekdays, date.weekday().to_sunday_zero_offset());
        let days = if self.either {
            day || weekday
        } else {
            day && weekday
        };
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
    fn read(&self, text: &str) -> Result<u64, String> {
        let wrong = || format!("{text} is no {}", self.name);
        if text == "?" && self.question {
            return self.read("*");
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
                // `5/10` goes on to the end of the field, as with cron.
                (one, None) if step.is_some() => (self.value(one), Some(self.last)),
                (one, None) => (self.value(one), self.value(one)),
            };
            let (Some(from), Some(to), Some(step)) = (from, to, step.unwrap_or(Some(1))) else {
                return Err(wrong());
            };
            if from > to {
                return Err(wrong());
            }
            for value in (from..=to).filter(|value| (value - from).is_multiple_of(step)) {
                bits |= 1 << value;
            }
        }
        Ok(bits)
    }

    /// A value by its number or its name.
    fn value(&self, text: &str) -> Option<u32> {
        let mut named = (self.first..).zip(self.names);
        let known = named.find(|(_, name)| name.eq_ignore_ascii_case(text));
        let value = known.map(|(value, _)| value).or_else(|| number(text));
        value.filter(|value| (self.first..=self.last).contains(value))
    }
}

/// Digits alone: Rust would take a plus sign too.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}
