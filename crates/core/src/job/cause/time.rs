//! Dates, times of day and durations.

/// The forms of dates and times. `d` stands for a digit, `w` for a letter.
const FORMS: [&str; 14] = [
    "dddd-dd-ddTdd:dd:dd",
    "dddd-dd-dd dd:dd:dd",
    "dddd-dd-ddTdd:dd",
    "dddd/dd/dd dd:dd:dd",
    "dd/dd/dddd dd:dd:dd",
    "ddddddddTddddddZ",
    "dddd-dd-dd",
    "dd/dd/dddd",
    "dd:dd:dd",
    "www, dd www dddd dd:dd:dd",
    "www dd dddd dd:dd:dd",
    "dd www dddd dd:dd:dd",
    "dd www dddd",
    "d www dddd",
];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Words after the number of a duration.
const UNITS: [&str; 22] = [
    "seconds",
    "second",
    "minutes",
    "minute",
    "hours",
    "hour",
    "days",
    "day",
    "milliseconds",
    "millisecond",
    "weeks",
    "week",
    "sec",
    "secs",
    "min",
    "mins",
    "ms",
    "s",
    "m",
    "h",
    "d",
    "minute(s)",
];

/// The length of the date or time of day at the beginning of `text`; 0 if there is none.
pub fn time_length(text: &str) -> usize {
    // Most words are no time, which these letters show.
    let is_date = match text.as_bytes() {
        [b'0'..=b'9', ..] => true,
        [b'A'..=b'Z', _, _, next, ..] => matches!(next, b',' | b' '),
        _ => false,
    };
    if !is_date {
        return 0;
    }
    let Some(form) = FORMS.iter().find(|form| is_form(text, form)) else { return 0 };
    let mut end = form.len();
    let fraction = text[end..].strip_prefix(['.', ',']).unwrap_or_default();
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    end += if digits > 0 { 1 + digits } else { 0 };
    end += zone_length(&text[end..]);
    let next = text[end..].chars().next();
    if next.is_some_and(|next| next.is_alphanumeric() || next == '-') { 0 } else { end }
}

fn is_form(text: &str, form: &str) -> bool {
    let is_matched = text.len() >= form.len()
        && form.bytes().zip(text.bytes()).all(|(form, byte)| match form {
            b'd' => byte.is_ascii_digit(),
            b'w' => byte.is_ascii_alphabetic(),
            _ => form == byte,
        });
    let has_month = || MONTHS.iter().any(|month| text[..form.len()].contains(month));
    is_matched && (!form.contains('w') || has_month())
}

/// The length of a time zone, with the space before it.
fn zone_length(text: &str) -> usize {
    let bare = text.strip_prefix(' ').unwrap_or(text);
    let mut end = text.len() - bare.len();
    let offset = bare.strip_prefix(['+', '-']).unwrap_or_default();
    let digits = offset.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
    if digits == 4 || digits == 5 {
        end += 1 + digits;
        let name = [" UTC", " GMT"].into_iter().find(|name| text[end..].starts_with(name));
        return end + name.map_or(0, str::len);
    }
    let name = ["UTC", "GMT", "CET", "EST", "Z"].into_iter().find(|name| bare.starts_with(name));
    name.map_or(0, |name| end + name.len())
}

/// The length of the unit of a duration, with the space before it, after a number; 0 if there is none.
pub fn unit_length(follow: &str) -> usize {
    let Some(word) = follow.strip_prefix(' ') else { return 0 };
    let end = word.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(word.len());
    if UNITS.contains(&&word[..end]) { 1 + end } else { 0 }
}
