//! A request to the API, as a value.

use form_urlencoded::Serializer;

/// The verbs that the job and token APIs use (CONTRACT.md 1 and 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    #[default]
    Get,
    /// Changes something; never repeated automatically.
    Post,
    /// Changes a resource.
    Patch,
    /// Removes a resource.
    Delete,
}

/// One request, before it has a base address, a token or a connection.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The verb.
    pub method: Method,
    /// The path below the API base, without a leading slash and percent-encoded: `v1/cckm/aws/bulkjob/…`.
    pub path: String,
    /// Query parameters in order, not encoded; a repeated name is an array filter (CONTRACT.md 8).
    pub query: Vec<(String, String)>,
    /// The JSON body, if the verb takes one. May hold a password: neither shown nor logged.
    pub body: Option<String>,
    /// The part of the body that must be redacted if the server repeats it; empty for none.
    pub secret: String,
}

impl Request {
    /// A `GET` of `path` with no parameters.
    pub fn get(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// A `POST` of the JSON text `body` to `path`.
    pub fn post(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self { method: Method::Post, body: Some(body.into()), ..Self::get(path) }
    }

    /// A `PATCH` of `path` with the JSON text `body`.
    pub fn patch(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self { method: Method::Patch, ..Self::post(path, body) }
    }

    /// A `DELETE` of `path`.
    pub fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::Delete, ..Self::get(path) }
    }

    /// The same request, marked as containing `secret` in its body.
    #[must_use]
    pub fn with_secret(mut self, secret: &str) -> Self {
        secret.clone_into(&mut self.secret);
        self
    }

    /// The first value of the parameter `name`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let parameter = self.query.iter().find(|(other, _)| other == name);
        parameter.map(|(_, value)| value.as_str())
    }

    /// The URL of the request below `base` (`/api` or `https://host/api`, with or without a slash at its end).
    pub fn url(&self, base: &str) -> String {
        let mut url = format!("{}/{}", base.trim_end_matches('/'), self.path);
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(&Serializer::new(String::new()).extend_pairs(&self.query).finish());
        }
        url
    }
}
