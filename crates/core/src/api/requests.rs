//! The requests of the job APIs (CONTRACT.md 1, 3 and 8).

use form_urlencoded::byte_serialize;

use crate::api::request::Request;
use crate::family::Family;
use crate::route::{JobListRoute, JobRoute};

/// Gets a page of a list. Contains `sort` only if it is documented.
pub fn list(route: &JobListRoute) -> Request {
    let filters = route.filters.iter();
    let filters = filters.map(|(name, value)| ((*name).to_owned(), value.clone()));
    let sort = route.family.can_sort().then(|| pair("sort", &route.sort));
    let paging = [pair("skip", &route.skip.to_string()), pair("limit", &route.limit.to_string())];
    Request {
        query: filters.chain(sort).chain(paging).collect(),
        ..Request::get(route.family.api_path())
    }
}

/// Gets a range of the list of a family: newest first if the API sorts it.
pub fn list_range(family: &'static Family, skip: usize, limit: usize) -> Request {
    list(&JobListRoute { skip, limit, ..JobListRoute::new(family) })
}

/// Gets one job. This is a GET in every family, although some pages document another verb (CONTRACT.md 4, traps 1 and 2).
pub fn get(route: &JobRoute) -> Request {
    Request::get(path(route))
}

/// Cancels a job. The answer, if any, is the whole job (CONTRACT.md 3).
pub fn cancel(route: &JobRoute) -> Request {
    Request::post(format!("{}/cancel", path(route)), "{}")
}

/// Changes a schedule: `body` is a JSON object with the changed members.
pub fn update(route: &JobRoute, body: &str) -> Request {
    Request::patch(path(route), body)
}

/// Disables or enables a schedule.
pub fn set_disabled(route: &JobRoute, disabled: bool) -> Request {
    update(route, &format!(r#"{{"disabled":{disabled}}}"#))
}

/// Runs a schedule now.
pub fn run_now(route: &JobRoute) -> Request {
    Request::post(format!("{}/run-now", path(route)), "{}")
}

/// Gets the first page of the runs of the schedule `id`, as their list does: newest first.
pub fn runs_of(id: &str) -> Request {
    let limit = crate::route::DEFAULT_LIMIT;
    Request {
        query: vec![
            pair("job_config_id", id),
            pair("sort", "-createdAt"),
            pair("skip", "0"),
            pair("limit", &limit.to_string()),
        ],
        ..Request::get("v1/scheduler/jobs")
    }
}

/// Deletes a finished job. The answer may be empty.
pub fn delete(route: &JobRoute) -> Request {
    Request::delete(path(route))
}

/// Starts a job: `body` is a JSON object.
pub fn create(family: &Family, body: &str) -> Request {
    Request::post(family.api_path(), body)
}

fn path(route: &JobRoute) -> String {
    let id: String = byte_serialize(route.id.as_bytes()).collect();
    // A plus means a space in a query only, not in a path.
    let id = id.replace('+', "%20");
    format!("{}/{id}", route.family.api_path())
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
