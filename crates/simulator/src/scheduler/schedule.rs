//! A schedule: the resource `job-configs` (CONTRACT.md 3, family 18), read from bodies, written as
//! members. Must not make runs.

use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use super::cron::Cron;
use super::operation::{OPERATIONS, Operation};
use super::written;
use crate::create::{Body, parse};
use crate::error::ApiError;
use crate::list::{Filter, Members, Test, Value};

/// The filters of the list.
pub const FILTERS: &[Filter] = &[
    ("id", "id", Test::Text),
    ("name", "name", Test::Text),
    ("operation", "operation", Test::Text),
    ("disabled", "disabled", Test::Flag),
    ("created_after", "createdAt", Test::After),
    ("created_before", "createdAt", Test::Before),
];

/// Any node may run it.
const ANY: &str = "any";

/// A schedule. Two may have the same name, since the contract does not say that they may not.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Opaque.
    pub id: String,
    /// The domain that it belongs to, an index into [`crate::auth::DOMAINS`].
    pub domain: usize,
    /// The member `name`, which never changes.
    pub name: String,
    /// What it does, which never changes.
    pub operation: &'static Operation,
    /// The member `run_on`: a node, or `any`.
    pub run_on: String,
    /// The member `job_config_params`, as it was sent.
    pub params: Map<String, Json>,
    created: Timestamp,
    updated: Timestamp,
    description: Option<String>,
    run_at: String,
    cron: Cron,
    disabled: bool,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    /// Up to when its runs have been made.
    pub(super) made_until: Timestamp,
}

impl Schedule {
    /// The schedule that the body of a POST describes.
    ///
    /// # Errors
    ///
    /// 400 for what is missing, of another type, or against the contract.
    pub fn create(
        body: &[u8],
        id: String,
        domain: usize,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        let value = parse(body)?;
        let body = Body::of(&value)?;
        let names: Vec<&str> = OPERATIONS.iter().map(|one| one.name).collect();
        let name = body.required("name")?.to_owned();
        let operation = Operation::by_name(&body.one_of("operation", &names)?)
            .ok_or_else(|| ApiError::validation("operation", "is not known"))?;
        let run_at = body.required("run_at")?;
        if !body.has(operation.params) {
            operation.read(&body)?;
            return Err(ApiError::validation(operation.params, "is required"));
        }
        let mut config = Self {
            id,
            domain,
            name,
            operation,
            run_on: ANY.to_owned(),
            params: Map::new(),
            created: now,
            updated: now,
            description: None,
            run_at: run_at.to_owned(),
            cron: cron(run_at)?,
            disabled: false,
            start: None,
            end: None,
            made_until: now,
        };
        config.set(&body)?;
        Ok(config)
    }

    /// Changes what the body of a PATCH names. Whether parameters replace the old ones or join them
    /// is not documented; here they replace them.
    ///
    /// # Errors
    ///
    /// 400 for another name or operation, and for what a POST would refuse; nothing is changed then.
    pub fn change(&mut self, body: &[u8], now: Timestamp) -> Result<(), ApiError> {
        let value = parse(body)?;
        let body = Body::of(&value)?;
        for (name, own) in [
            ("name", self.name.as_str()),
            ("operation", self.operation.name),
        ] {
            if body.string(name)?.is_some_and(|given| given != own) {
                return Err(ApiError::validation(name, "cannot be changed"));
            }
        }
        let mut changed = self.clone();
        changed.set(&body)?;
        changed.updated = now;
        *self = changed;
        Ok(())
    }

    /// Everything that may change. An empty text takes a description, a date or a node away, which is
    /// chosen, as `null` says nothing.
    fn set(&mut self, body: &Body) -> Result<(), ApiError> {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        if let Some(description) = body.string("description")? {
            self.description = filled(description);
        }
        if let Some(node) = body.string("run_on")? {
            self.run_on = filled(node).unwrap_or_else(|| ANY.to_owned());
        }
        if let Some(run_at) = body.string("run_at")? {
            self.cron = cron(run_at)?;
            run_at.clone_into(&mut self.run_at);
        }
        if body.has("disabled") {
            self.disabled = body.flag("disabled")?;
        }
        for (name, date) in [("start_date", &mut self.start), ("end_date", &mut self.end)] {
            if body.has(name) {
                let taken_away = body.string(name)?.is_some_and(str::is_empty);
                *date = if taken_away { None } else { body.time(name)? };
            }
        }
        if self
            .start
            .zip(self.end)
            .is_some_and(|(start, end)| end < start)
        {
            let message = "must not be before start_date";
            return Err(ApiError::validation("end_date", message));
        }
        if let Some(params) = self.operation.read(body)? {
            self.params = params.members().clone();
        }
        Ok(())
    }

    /// When it has been due since its last runs were made: the last `most` times, the oldest first.
    /// Both dates belong to the schedule's time, which is chosen.
    pub(super) fn due(&self, now: Timestamp, most: usize) -> Vec<Timestamp> {
        if self.disabled {
            return Vec::new();
        }
        // `times` leaves its first bound out, and schedules are due at whole seconds.
        let before_start = |start: Timestamp| start - jiff::SignedDuration::from_nanos(1);
        let after = self.start.map_or(self.made_until, |start| {
            self.made_until.max(before_start(start))
        });
        let until = self.end.map_or(now, |end| end.min(now));
        self.cron.times(after, until, most)
    }

    /// As the API writes it. Without a description or a date its member is absent, and the uri is
    /// made up: no answer is documented.
    pub fn members(&self) -> Members<'_> {
        let mut members = written("job-configs", &self.id, self.created, self.updated);
        members.push(("name", self.name.as_str().into()));
        let description = self.description.as_deref();
        members.extend(description.map(|text| ("description", text.into())));
        members.push(("operation", self.operation.name.into()));
        members.push(("run_at", self.run_at.as_str().into()));
        members.push(("run_on", self.run_on.as_str().into()));
        members.push(("disabled", Value::Flag(self.disabled)));
        members.extend(self.start.map(|at| ("start_date", Value::Time(at))));
        members.extend(self.end.map(|at| ("end_date", Value::Time(at))));
        let params = Json::Object(self.params.clone()).to_string();
        members.push(("job_config_params", Value::Json(params)));
        members
    }
}

fn cron(run_at: &str) -> Result<Cron, ApiError> {
    Cron::read(run_at).map_err(|message| ApiError::validation("run_at", &message))
}
