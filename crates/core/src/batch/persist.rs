//! A batch as texts to keep, and its name: ids and settings of the request, no status and nothing
//! that the server said.
//!
//! The keys are one text, written once; what became of the parts is another, short, written at
//! each change.

use std::collections::HashSet;

use form_urlencoded::{Serializer, byte_serialize, parse};

use crate::batch::{Batch, Begun, Part, State, Stop, Task};
use crate::format::time::Timestamp;
use crate::problem::Problem;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A name for a batch made at `now`; `dice` is from 0 to 1. Later names sort behind.
pub fn name(now: Timestamp, dice: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number below 36^4"
    )]
    let random = (dice.clamp(0.0, 0.999_999) * 1_679_616.0) as u64;
    let time = digits(now.ms().unsigned_abs(), 9);
    format!("{time}-{}", digits(random, 4))
}

/// Where a batch is made: in the domain `domain` at the API whose whole address is `base`.
pub fn place(base: &str, domain: Option<&str>) -> String {
    format!("{base} {}", domain.unwrap_or_default())
}

/// When the batch of this name was made, if the name tells.
pub fn made(name: &str) -> Option<Timestamp> {
    let (time, random) = name.split_once('-')?;
    let ms = i64::from_str_radix(time, 36).ok()?;
    (time.len() == 9 && random.len() == 4).then(|| Timestamp::from_ms(ms))
}

fn digits(mut number: u64, count: usize) -> String {
    let mut text = vec!['0'; count];
    for place in text.iter_mut().rev() {
        *place = char::from(DIGITS[(number % 36) as usize]);
        number /= 36;
    }
    text.into_iter().collect()
}

impl Batch {
    /// The same, made at this [`place`].
    #[must_use]
    pub fn made_at(mut self, place: String) -> Self {
        self.at = place;
        self
    }

    /// Whether it was made at this [`place`], and may be sent there.
    pub fn is_of(&self, place: &str) -> bool {
        !self.at.is_empty() && self.at == place
    }

    /// The keys, which never change.
    pub fn save_keys(&self) -> String {
        let mut text = String::new();
        for key in self.parts.iter().flat_map(|part| &part.keys) {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend(byte_serialize(key.as_bytes()));
        }
        text
    }

    /// Everything else, without what the server said.
    pub fn save(&self) -> String {
        let mut text = Serializer::new(String::new());
        text.append_pair("operation", &self.task.operation);
        text.append_pair("value", &self.task.value);
        text.append_pair("most", &self.most.to_string());
        if !self.at.is_empty() {
            text.append_pair("at", &self.at);
        }
        if let Some(begun) = &self.begun {
            let since = begun.since.map(|since| since.ms().to_string());
            text.append_pair("since", &since.unwrap_or_default());
            text.extend_pairs(begun.before.iter().map(|id| ("before", id)));
        }
        if let Some(until) = self.stop.as_ref().and_then(|stop| stop.until) {
            text.append_pair("until", &until.ms().to_string());
        }
        for part in &self.parts {
            match &part.state {
                State::Waiting => text.append_pair("waiting", ""),
                State::Sent | State::Lost | State::Unknown => text.append_pair("lost", ""),
                State::Started(id) => text.append_pair("started", id),
                State::Refused(_) => text.append_pair("refused", ""),
            };
            text.extend_pairs(part.twins.iter().map(|id| ("twin", id)));
        }
        text.finish()
    }

    /// Reads what [`save`](Self::save) and [`save_keys`](Self::save_keys) wrote; `None` if it is
    /// something else. What was on its way then is lost, and it goes on when someone says so.
    pub fn load(text: &str, keys: &str) -> Option<Self> {
        let (mut task, mut most) = (None, 0);
        let (mut begun, mut until, mut at) = (None::<Begun>, None, None);
        let mut states: Vec<(State, Vec<String>)> = Vec::new();
        for (name, value) in parse(text.as_bytes()) {
            let value = value.into_owned();
            match &*name {
                "operation" if task.is_none() => {
                    let operation = value;
                    task = Some(Task {
                        operation,
                        value: String::new(),
                    });
                }
                "value" => task.as_mut()?.value = value,
                "most" => most = value.parse().ok()?,
                "at" if at.is_none() => at = Some(value),
                "since" => {
                    let since = time(&value);
                    let before = Vec::new();
                    begun = Some(Begun { since, before });
                }
                "before" => begun.as_mut()?.before.push(value),
                "until" => until = time(&value),
                "twin" => states.last_mut()?.1.push(value),
                state => states.push((read_state(state, value)?, Vec::new())),
            }
        }
        // One with something behind a `=` was not written here.
        let keys = parse(keys.as_bytes());
        let keys = keys.map(|(key, more)| more.is_empty().then(|| key.into_owned()));
        let keys: Vec<String> = keys.collect::<Option<_>>()?;
        let mut seen = HashSet::new();
        let fits = most > 0 && keys.len().div_ceil(most) == states.len();
        let is_new = |key| seen.insert(key);
        if !fits || keys.iter().any(|key| key.trim().is_empty()) || !keys.iter().all(is_new) {
            return None;
        }
        let parts = keys.chunks(most).zip(states);
        let parts = parts.map(|(keys, (state, twins))| Part {
            keys: keys.to_vec(),
            state,
            twins,
        });
        let mut batch = Self {
            task: task?,
            most,
            at: at.unwrap_or_default(),
            parts: parts.collect(),
            begun,
            stop: None,
        };
        if !batch.is_over() {
            let why = Problem::here(
                "The page was loaded anew",
                "No more jobs are started until you say so. A start whose answer was not awaited is \
                 looked for among the jobs of the server first, and not sent again.",
            );
            batch.stop = Some(Stop { why, until });
        }
        Some(batch)
    }
}

fn read_state(name: &str, id: String) -> Option<State> {
    Some(match name {
        "waiting" => State::Waiting,
        "lost" => State::Lost,
        "started" if !id.is_empty() => State::Started(id),
        "refused" => State::Refused(String::new()),
        _ => return None,
    })
}

fn time(ms: &str) -> Option<Timestamp> {
    ms.parse().ok().map(Timestamp::from_ms)
}
