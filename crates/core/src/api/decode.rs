//! Decodes answers of the job APIs.
//!
//! One pass over the bytes: `detailed_status` is decoded into columns, every other member is stored as the JSON
//! that was received. Missing and unknown members are not errors. If that fails, a second, more tolerant attempt reads
//! everything that can be read.

use std::borrow::Cow;
use std::fmt;
use std::mem;
use std::str::from_utf8;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::de::StrRead;
use serde_json::value::RawValue;

use crate::api::error::ApiError;
use crate::format::json::Member;
use crate::job::Job;
use crate::job::items::Items;
use crate::job::page::JobPage;

/// The one member of an object that some samples wrap their answer in (CONTRACT.md 4, trap 9).
const WRAPPER: &str = "application/json";

/// An object is a job if it has one of these members or `detailed_status`. Without any of them there is nothing to show.
const JOB_MEMBERS: [&str; 2] = ["id", "overall_status"];

/// Decodes a job.
///
/// # Errors
/// [`ApiError::Unreadable`] if `body` is not one JSON object, or has no member of a job.
pub fn job(body: &[u8]) -> Result<Job, ApiError> {
    read(body, |json, details| {
        let mut job = Job::default();
        let target = Target::Job(&mut job, details);
        target.deserialize(json)?;
        let is_job = job.members.iter().any(|member| JOB_MEMBERS.contains(&&*member.name));
        if is_job || !job.items.is_empty() || job.unexpected_detail.is_some() {
            return Ok(job);
        }
        Err(Error::custom("it is not a job"))
    })
}

/// Decodes a page of a list.
///
/// # Errors
/// [`ApiError::Unreadable`] if `body` is not one JSON object, if its `resources` is neither an array nor `null`, or if
/// it has neither `resources` nor `total`. Elements of `resources` that are no jobs are kept as received.
pub fn job_page(body: &[u8]) -> Result<JobPage, ApiError> {
    read(body, |json, details| {
        let mut page = JobPage::default();
        let target = Target::Page(&mut page, details);
        target.deserialize(json)?;
        if page.has_resources || page.number("total").is_some() {
            return Ok(page);
        }
        Err(Error::custom("it is not a list"))
    })
}

type Json<'a> = serde_json::Deserializer<StrRead<'a>>;

fn read<T>(
    body: &[u8],
    value: fn(&mut Json, Details) -> Result<T, serde_json::Error>,
) -> Result<T, ApiError> {
    let attempt = |text: &str, details| {
        // Browsers ignore a byte order mark too.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut json = serde_json::Deserializer::from_str(text);
        let value = value(&mut json, details)?;
        json.end().map(|()| value)
    };
    let text = from_utf8(body).ok();
    let strict = text.map(|text| attempt(text, Details::Objects));
    if let Some(Ok(value)) = strict {
        return Ok(value);
    }
    let repaired = repair(body);
    attempt(&repaired, Details::Any).map_err(|error| match strict {
        Some(Err(first)) => ApiError::unreadable(first, body),
        _ => ApiError::unreadable(error, body),
    })
}

/// The text of `body` with `\u{fffd}` in place of bytes that are not UTF-8, and of escapes of half a character.
fn repair(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body);
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut repaired = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find('\\') {
        at += found;
        at += match (unit(at), unit(at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                repaired.push_str(&text[done..at]);
                repaired.push('\u{fffd}');
                done = at + 6;
                6
            }
            // The escaped character may be a backslash, and the last one of a truncated answer.
            _ => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    if done == 0 {
        return text;
    }
    repaired.push_str(&text[done..]);
    Cow::Owned(repaired)
}

/// Which values of `detailed_status` and which elements of `resources` are accepted.
#[derive(Clone, Copy)]
enum Details {
    /// Objects only, as documented. They are decoded directly from the bytes.
    Objects,
    /// Any JSON value. Its type is checked before it is decoded.
    Any,
}

/// The member `name` with the next value.
fn next_member<'de, A: MapAccess<'de>>(name: String, map: &mut A) -> Result<Member, A::Error> {
    let raw = next_raw(map)?.to_owned();
    Ok(Member { name, raw })
}

/// The JSON of the next value as received.
fn next_raw<'de, A: MapAccess<'de>>(map: &mut A) -> Result<&'de str, A::Error> {
    map.next_value::<&RawValue>().map(RawValue::get)
}

/// What an object is decoded into. One type for all objects, because serde generates the code for each type again.
enum Target<'a> {
    /// A job. The members of a wrapped job are added to those beside the wrapper.
    Job(&'a mut Job, Details),
    /// A page of a list, which can be wrapped too.
    Page(&'a mut JobPage, Details),
    /// The entries of `detailed_status`.
    Items(&'a mut Items),
}

impl<'de> DeserializeSeed<'de> for Target<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Target<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Self::Job(..) => "a job as an object",
            Self::Page(..) => "a page of a list as an object",
            Self::Items(_) => "an object of items",
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        match self {
            Self::Items(items) => {
                while map.next_key_seed(NameSeed(items))?.is_some() {
                    items.push(next_raw(&mut map)?);
                }
            }
            Self::Job(job, details) => {
                while let Some(name) = map.next_key::<String>()? {
                    match (&*name, details) {
                        ("detailed_status", Details::Objects) => {
                            map.next_value_seed(Target::Items(&mut job.items))?;
                        }
                        ("detailed_status", Details::Any) => {
                            read_detail(next_raw(&mut map)?, job).map_err(Error::custom)?;
                        }
                        (WRAPPER, _) => map.next_value_seed(Target::Job(job, details))?,
                        _ => job.members.push(next_member(name, &mut map)?),
                    }
                }
            }
            Self::Page(page, details) => {
                while let Some(name) = map.next_key::<String>()? {
                    match &*name {
                        "resources" => {
                            map.next_value_seed(Jobs(page, details))?;
                            page.has_resources = true;
                        }
                        WRAPPER => map.next_value_seed(Target::Page(page, details))?,
                        _ => page.members.push(next_member(name, &mut map)?),
                    }
                }
            }
        }
        Ok(())
    }
}

/// Decodes a `detailed_status` of any type. A value that is not an object is stored as received.
fn read_detail(raw: &str, job: &mut Job) -> Result<(), serde_json::Error> {
    if raw.starts_with('{') {
        let mut json = serde_json::Deserializer::from_str(raw);
        return Target::Items(&mut job.items).deserialize(&mut json);
    }
    job.unexpected_detail = Some(raw.to_owned());
    Ok(())
}

/// The value of `resources`: an array of jobs, or `null` for none (CONTRACT.md 8).
struct Jobs<'a>(&'a mut JobPage, Details);

impl<'de> DeserializeSeed<'de> for Jobs<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Jobs<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a list of jobs")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self(page, details) = self;
        let mut job = Job::default();
        if let Details::Objects = details {
            while seq.next_element_seed(Target::Job(&mut job, details))?.is_some() {
                page.jobs.push(mem::take(&mut job));
            }
            return Ok(());
        }
        while let Some(raw) = seq.next_element::<&RawValue>()? {
            let mut json = serde_json::Deserializer::from_str(raw.get());
            let read = Target::Job(&mut job, details).deserialize(&mut json);
            let job = mem::take(&mut job);
            if read.is_ok() {
                page.jobs.push(job);
            } else {
                page.unreadable_at.push(page.received());
                page.unreadable.push(raw.get().to_owned());
            }
        }
        Ok(())
    }
}

/// Appends an item's name to the names of all items, without a string of its own.
struct NameSeed<'a>(&'a mut Items);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the name of an item")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<(), E> {
        self.0.extend_name(name);
        Ok(())
    }
}
