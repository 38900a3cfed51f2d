//! Answers of the job APIs, from bytes to domain values. Pure.
//!
//! One pass, straight from the bytes: `detailed_status` goes into columns, every other member is
//! kept as the JSON it came as. Missing and unforeseen members are no errors.

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

/// Beside `detailed_status`, what makes an object a job: the least that a page can show of one.
const TELLING: [&str; 2] = ["id", "overall_status"];

/// Reads a job.
///
/// # Errors
/// [`ApiError::Unreadable`] if `body` is not one JSON object, or holds nothing that only a job does.
pub fn job(body: &[u8]) -> Result<Job, ApiError> {
    read(body, |json, details| {
        let mut job = Job::default();
        let target = Target::Job(&mut job, details);
        target.deserialize(json)?;
        let told = job.members.iter().any(|member| TELLING.contains(&&*member.name));
        if told || !job.items.is_empty() || job.unexpected_detail.is_some() {
            return Ok(job);
        }
        Err(Error::custom("it is not a job"))
    })
}

/// Reads a page of a list.
///
/// # Errors
/// [`ApiError::Unreadable`] if `body` is not one JSON object, if its `resources` is neither a list
/// nor `null`, if one of them is no object, or if there is neither `resources` nor `total`.
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
    let text = from_utf8(body).map_err(|error| ApiError::unreadable(error, body))?;
    // The browser's own reader passes over a byte order mark as well.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let attempt = |details| {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = value(&mut json, details)?;
        json.end().map(|()| value)
    };
    // Only an answer with an odd `detailed_status` is read twice, and that is told by failing.
    attempt(Details::Objects)
        .or_else(|error| attempt(Details::Any).map_err(|_| error))
        .map_err(|error| ApiError::unreadable(error, body))
}

/// What `detailed_status` may be.
#[derive(Clone, Copy)]
enum Details {
    /// An object, as documented: read straight from the bytes.
    Objects,
    /// Any JSON value: looked at first.
    Any,
}

/// Reads the next value as that of the member `name`.
fn next_member<'de, A: MapAccess<'de>>(name: String, map: &mut A) -> Result<Member, A::Error> {
    let raw = next_raw(map)?.to_owned();
    Ok(Member { name, raw })
}

/// Reads the next value as the JSON it came as.
fn next_raw<'de, A: MapAccess<'de>>(map: &mut A) -> Result<&'de str, A::Error> {
    map.next_value::<&RawValue>().map(RawValue::get)
}

/// What an object is read into. One type for all, since the library makes its code anew for each.
enum Target<'a> {
    /// A job; a wrapped one joins the members beside the wrapper.
    Job(&'a mut Job, Details),
    /// A page of a list, likewise.
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
            Self::Job(..) => "a job, which is an object",
            Self::Page(..) => "a page of a list, which is an object",
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
                            map.next_value_seed(Jobs(&mut page.jobs, details))?;
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

/// Reads a `detailed_status` of whatever type: what is no object is kept as it came.
fn read_detail(raw: &str, job: &mut Job) -> Result<(), serde_json::Error> {
    if raw.starts_with('{') {
        let mut json = serde_json::Deserializer::from_str(raw);
        return Target::Items(&mut job.items).deserialize(&mut json);
    }
    job.unexpected_detail = Some(raw.to_owned());
    Ok(())
}

/// `resources`: a list of jobs, or `null` for none (CONTRACT.md 8).
struct Jobs<'a>(&'a mut Vec<Job>, Details);

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
        let mut job = Job::default();
        while seq.next_element_seed(Target::Job(&mut job, self.1))?.is_some() {
            self.0.push(mem::take(&mut job));
        }
        Ok(())
    }
}

/// Reads an item's name into the arena, with no string of its own.
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
