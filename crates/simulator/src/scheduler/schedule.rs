//! A schedule: the resource `job-configs` (CONTRACT.md 3, family 18).

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::cron::Cron;
use super::operation::{KEY_ROTATION, OPERATIONS, Operation};
use super::resource::resource;
use crate::body::{self, Object, member, one_of, required};
use crate::error::ApiError;
use crate::list::{Comparison, Filter, Row};
use crate::rfc3339;

/// The filters of the list.
pub const FILTERS: &[Filter] = &[
    ("id", "id", Comparison::Text),
    ("name", "name", Comparison::Text),
    ("operation", "operation", Comparison::Text),
    ("disabled", "disabled", Comparison::Flag),
    ("created_after", "createdAt", Comparison::After),
    ("created_before", "createdAt", Comparison::Before),
];

/// The `run_on` that allows any node.
pub const ANY_NODE: &str = "any";

/// A schedule. Names need not be unique, since the contract does not say that they are.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Opaque.
    pub id: String,
    /// The domain that it belongs to, an index into [`crate::auth::DOMAINS`].
    pub domain: usize,
    /// The member `name`, which never changes.
    pub name: String,
    /// The operation, which never changes.
    pub operation: &'static Operation,
    /// The member `run_on`: a node, or `any`.
    pub run_on: String,
    /// The member `job_config_params`, as it was sent.
    pub params: Object,
    created_at: Timestamp,
    updated_at: Timestamp,
    description: Option<String>,
    run_at: String,
    cron: Cron,
    disabled: bool,
    start_date: Option<Timestamp>,
    end_date: Option<Timestamp>,
    /// The time until which its runs have been created.
    pub(super) runs_created_until: Timestamp,
}

/// The members that a PATCH may change, except for the parameters, whose name depends on the operation.
/// An empty text removes a description, a date or a node, which is an assumption; null changes nothing.
#[derive(Deserialize)]
struct Changes {
    description: Option<String>,
    run_on: Option<String>,
    run_at: Option<String>,
    disabled: Option<bool>,
    start_date: Option<String>,
    end_date: Option<String>,
}

impl Schedule {
    /// The schedule that the body of a POST describes.
    ///
    /// # Errors
    ///
    /// 400 if a member is missing, has another type or contradicts the contract.
    pub fn create(
        body: &[u8],
        id: String,
        domain: usize,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        let body = body::object(body)?;
        let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let name = required(member(&body, "name")?, "name")?;
        let operation = one_of(member(&body, "operation")?, "operation", &names)?;
        let operation = Operation::by_name(&operation)
            .ok_or_else(|| ApiError::validation("operation", "is not known"))?;
        let run_at = required(member(&body, "run_at")?, "run_at")?;
        let params = operation.params(&body)?;
        let mut schedule = Self {
            id,
            domain,
            name,
            operation,
            run_on: ANY_NODE.to_owned(),
            params: params.ok_or_else(|| ApiError::validation(operation.params, "is required"))?,
            created_at: now,
            updated_at: now,
            description: None,
            cron: run_at.parse()?,
            run_at,
            disabled: false,
            start_date: None,
            end_date: None,
            runs_created_until: now,
        };
        schedule.set(&body)?;
        Ok(schedule)
    }

    /// A disabled schedule of the appliance itself, without parameters.
    ///
    /// # Errors
    ///
    /// 400 for an invalid `run_at`.
    pub(crate) fn system(
        operation: &'static Operation,
        run_at: &str,
        id: String,
        domain: usize,
        now: Timestamp,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            id,
            domain,
            name: operation.name.to_owned(),
            operation,
            run_on: ANY_NODE.to_owned(),
            params: Object::new(),
            created_at: now,
            updated_at: now,
            description: None,
            cron: run_at.parse()?,
            run_at: run_at.to_owned(),
            disabled: true,
            start_date: None,
            end_date: None,
            runs_created_until: now,
        })
    }

    /// Changes what the body of a PATCH names. Parameters replace the previous ones; whether the
    /// appliance merges them is not documented.
    ///
    /// # Errors
    ///
    /// 400 for another name or operation, and for everything that a POST would refuse; nothing changes
    /// then.
    pub fn change(&mut self, body: &[u8], now: Timestamp) -> Result<(), ApiError> {
        let body = body::object(body)?;
        let immutable = [("name", self.name.as_str()), ("operation", self.operation.name)];
        for (name, current) in immutable {
            if member::<String>(&body, name)?.is_some_and(|given| given != current) {
                return Err(ApiError::validation(name, "cannot be changed"));
            }
        }
        let mut changed = self.clone();
        if let Some(params) = self.operation.params(&body)? {
            self.check_immutable_params(&params)?;
            changed.params = params;
        }
        changed.set(&body)?;
        changed.updated_at = now;
        *self = changed;
        Ok(())
    }

    /// The cloud of a rotation cannot change (CONTRACT.md 11.6).
    fn check_immutable_params(&self, params: &Object) -> Result<(), ApiError> {
        let name = "cloud_name";
        if self.operation.name == KEY_ROTATION && params.get(name) != self.params.get(name) {
            return Err(ApiError::validation(name, "cannot be changed"));
        }
        Ok(())
    }

    fn set(&mut self, body: &Object) -> Result<(), ApiError> {
        let changes: Changes = body::from_object(body)?;
        let non_empty = |text: String| Some(text).filter(|text| !text.is_empty());
        if let Some(description) = changes.description {
            self.description = non_empty(description);
        }
        if let Some(node) = changes.run_on {
            self.run_on = non_empty(node).unwrap_or_else(|| ANY_NODE.to_owned());
        }
        if let Some(run_at) = changes.run_at {
            self.cron = run_at.parse()?;
            self.run_at = run_at;
        }
        self.disabled = changes.disabled.unwrap_or(self.disabled);
        if let Some(date) = changes.start_date {
            self.start_date = parse_date("start_date", &date)?;
        }
        if let Some(date) = changes.end_date {
            self.end_date = parse_date("end_date", &date)?;
        }
        if let (Some(start), Some(end)) = (self.start_date, self.end_date)
            && end < start
        {
            let message = "must not be before start_date";
            return Err(ApiError::validation("end_date", message));
        }
        Ok(())
    }

    /// The due times since its last runs were created: the latest `max`, the oldest first. Both dates are
    /// inclusive, which is an assumption.
    pub(super) fn due_times(&self, now: Timestamp, max: usize) -> Vec<Timestamp> {
        if self.disabled {
            return Vec::new();
        }
        // `times` excludes its first bound, and schedules are due at whole seconds.
        let before = |start: Timestamp| start - SignedDuration::from_nanos(1);
        let after = self
            .start_date
            .map_or(self.runs_created_until, |start| self.runs_created_until.max(before(start)));
        let until = self.end_date.map_or(now, |end| end.min(now));
        self.cron.times(after, until, max)
    }

    /// The members. Without a description or a date the member is absent, and the uri is invented: no
    /// response is documented.
    pub fn row(&self) -> Row {
        resource("job-configs", &self.id, self.created_at, self.updated_at)
            .with("name", &*self.name)
            .with_some("description", self.description.as_deref())
            .with("operation", self.operation.name)
            .with("run_at", &*self.run_at)
            .with("run_on", &*self.run_on)
            .with("disabled", self.disabled)
            .with_some("start_date", self.start_date.map(|date| date.to_string()))
            .with_some("end_date", self.end_date.map(|date| date.to_string()))
            .with("job_config_params", self.params.clone())
    }
}

/// The date in a text; none if the text is empty.
fn parse_date(name: &str, text: &str) -> Result<Option<Timestamp>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = rfc3339::parse(text);
    date.map(Some).ok_or_else(|| ApiError::validation(name, "must be an RFC 3339 time"))
}
