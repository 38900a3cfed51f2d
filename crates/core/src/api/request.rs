//! A request to the API, as a value. Pure: it sends nothing.

use form_urlencoded::Serializer;

/// The verbs that the job and token APIs use (CONTRACT.md 1 and 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; may be repeated.
    Get,
    /// Does something; never repeated by itself.
    Post,
    /// Changes what is there.
    Patch,
    /// Removes what is there.
    Delete,
}

/// One request, before it has a base address, a token or a connection.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The verb.
    pub method: Method,
    /// The path below the API base, without a leading slash and percent-encoded:
    /// `v1/cckm/aws/bulkjob/…`.
    pub path: String,
    /// Query parameters in order, not encoded; a repeated name is an array filter (CONTRACT.md 8).
    pub query: Vec<(String, String)>,
    /// The JSON body, if the verb takes one. May hold a password: neither shown nor logged.
    pub body: Option<String>,
    /// What of the body must not be seen again, should the server repeat it; empty for nothing.
    pub secret: String,
}

impl Request {
    /// A `GET` of `path` with no parameters.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            query: Vec::new(),
            body: None,
            secret: String::new(),
        }
    }

    /// A `POST` of the JSON text `body` to `path`.
    pub fn post(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            method: Method::Post,
            path: path.into(),
            query: Vec::new(),
            body: Some(body.into()),
            secret: String::new(),
        }
    }

    /// A `PATCH` of `path` with the JSON text `body`.
    pub fn patch(path: impl Into<String>, body: impl Into<String>) -> Self {
        let method = Method::Patch;
        Self {
            method,
            ..Self::post(path, body)
        }
    }

    /// A `DELETE` of `path`.
    pub fn delete(path: impl Into<String>) -> Self {
        let method = Method::Delete;
        Self {
            method,
            ..Self::get(path)
        }
    }

    /// The same with `secret` in its body.
    #[must_use]
    pub fn with_secret(mut self, secret: &str) -> Self {
        secret.clone_into(&mut self.secret);
        self
    }

    /// The first value of the parameter `name`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The address to send this to, below `base` (`/api` or `https://host/api`, with or without
    /// a slash at its end).
    pub fn url(&self, base: &str) -> String {
        let mut url = format!("{}/{}", base.trim_end_matches('/'), self.path);
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(
                &Serializer::new(String::new())
                    .extend_pairs(&self.query)
                    .finish(),
            );
        }
        url
    }
}
