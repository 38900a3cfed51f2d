//! Instants and spans of time, read from the API and written for people. No clock in here.
//!
//! RFC 3339 is read by hand: with a library for it the page was measured 30 kB larger.

use std::str::FromStr;

/// An instant, in milliseconds since 1970 (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `ms` milliseconds after 1970 began (UTC).
    pub fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Reads RFC 3339 with 0 to 9 fraction digits (CONTRACT.md 2.1); `None` for anything else.
    fn parse_rfc3339(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once(['T', 't', ' '])?;
        let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
        let zone_at = time.find(['Z', 'z', '+', '-'])?;
        let (clock, zone) = time.split_at(zone_at);
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
        let days = days_since_1970(year, month, day)?;
        // A leap second reads as the last second of its minute.
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second.min(59);
        let ms = (seconds - zone_seconds(zone)?) * 1_000 + fraction_ms(fraction)?;
        Some(Self(ms))
    }

    /// Milliseconds since 1970 (UTC).
    pub fn as_ms(self) -> i64 {
        self.0
    }

    /// Milliseconds from `earlier` to this; negative if `earlier` is later.
    pub fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The text is not an RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        Self::parse_rfc3339(text).ok_or(InvalidTimestamp)
    }
}

/// A span as people read it, in its two largest units: `0.41 s`, `3.9 s`, `45 s`, `12 min 3 s`,
/// `2 h 5 min`, `3 d 4 h`.
pub fn format_duration(ms: i64) -> String {
    let ms = ms.max(0);
    let seconds = ms / 1_000;
    match seconds {
        0 => format!("0.{:02} s", ms / 10),
        1..=9 => format!("{seconds}.{} s", ms % 1_000 / 100),
        10..=59 => format!("{seconds} s"),
        60..=3_599 => format!("{} min {} s", seconds / 60, seconds % 60),
        3_600..=86_399 => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds / 3_600 % 24),
    }
}

/// The year, month and day (from 1) of a day counted from 1970-01-01.
pub fn date_of_day(day: i64) -> (i64, i64, i64) {
    let begin = |year, month| days_since_1970(year, month, 1).unwrap_or(i64::MAX);
    let mut year = 1970 + day.div_euclid(366).min(day.div_euclid(365));
    while begin(year + 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|&month| begin(year, month) <= day);
    let month = month.unwrap_or(1);
    (year, month, day - begin(year, month) + 1)
}

/// How long ago something was, in one unit: `just now`, `12 s ago`, `3 min ago`.
pub fn format_age(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    match seconds {
        0..=1 => "just now".to_owned(),
        2..=59 => format!("{seconds} s ago"),
        60..=3_599 => format!("{} min ago", seconds / 60),
        3_600..=86_399 => format!("{} h ago", seconds / 3_600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}

/// The numbers of `text`, which stand between `separator`s and have exactly `digits` digits each.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits)?;
        *number = whole(part)?;
    }
    parts.next().is_none().then_some(numbers)
}

fn whole(digits: &str) -> Option<i64> {
    let all_digits = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|_| all_digits)
}

/// The milliseconds of a fraction of a second, given its digits; what is finer is cut off.
fn fraction_ms(digits: &str) -> Option<i64> {
    if !(1..=9).contains(&digits.len()) {
        return None;
    }
    whole(&format!("{digits:0<9}")).map(|nanoseconds| nanoseconds / 1_000_000)
}

/// The seconds by which the clock of `zone` (`Z`, `+02:00`) is ahead of UTC.
fn zone_seconds(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first()? {
        b'Z' | b'z' => return (zone.len() == 1).then_some(0),
        b'-' => -1,
        _ => 1,
    };
    let [hours, minutes] = numbers(&zone[1..], ':', [2, 2])?;
    let fits = hours <= 23 && minutes <= 59;
    fits.then_some(sign * (hours * 3_600 + minutes * 60))
}

/// The days from 1970-01-01 to a day of the Gregorian calendar; `None` if there is no such day.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [
        31,
        if leap { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let before = usize::try_from(month).ok()?.checked_sub(1)?;
    if !(1..=*lengths.get(before)?).contains(&day) {
        return None;
    }
    let years = year - 1;
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    // 719,162 days lie between the first day of year 1 and that of 1970.
    let before_year = years * 365 + leap_days - 719_162;
    Some(before_year + lengths[..before].iter().sum::<i64>() + day - 1)
}
