//! Builders of faults, one for each misbehaviour that tests need.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Damage, Echo, Effect, Fault, FaultBody, ListChanges, Total};

/// What a proxy shows that asks for a password.
const SIGN_IN_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>401 Authorization Required</title></head>\
<body><h1>401 Authorization Required</h1><hr><p>gateway</p></body></html>\n";

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// Lists.
impl Fault {
    /// Lists differ as described.
    pub fn list(changes: ListChanges) -> Self {
        Self::new(Effect::List(changes)).method("GET")
    }

    /// Lists have at most this many rows in one answer. `limit` is repeated as it was asked for.
    pub fn short_pages(max_rows: usize) -> Self {
        Self::list(ListChanges { max_rows: Some(max_rows), ..ListChanges::default() })
    }

    /// Lists always begin with the first row, and say so: `"skip": 0`.
    pub fn skip_ignored() -> Self {
        let ignore_skip = true;
        Self::list(ListChanges { ignore_skip, skip: Echo::Sent, ..ListChanges::default() })
    }

    /// Lists contain the rows that the filters exclude.
    pub fn filters_ignored() -> Self {
        let ignore_filters = true;
        Self::list(ListChanges { ignore_filters, ..ListChanges::default() })
    }

    /// Lists have no `total`.
    pub fn no_total() -> Self {
        Self::list(ListChanges { total: Total::Missing, ..ListChanges::default() })
    }

    /// Lists have this `total`.
    pub fn wrong_total(total: u64) -> Self {
        Self::list(ListChanges { total: Total::Number(total), ..ListChanges::default() })
    }

    /// Lists have these elements before their rows, such as `null` and `7`.
    pub fn foreign_rows(foreign: impl IntoIterator<Item = Value>) -> Self {
        let foreign = foreign.into_iter().collect();
        Self::list(ListChanges { foreign, ..ListChanges::default() })
    }

    /// The same change of lists, with this `limit` in the answer. Other faults are unchanged.
    #[must_use]
    pub fn limit_echo(mut self, echo: Echo) -> Self {
        if let Effect::List(changes) = &mut self.effect {
            changes.limit = echo;
        }
        self
    }

    /// The same change of lists, with this `skip` in the answer. Other faults are unchanged.
    #[must_use]
    pub fn skip_echo(mut self, echo: Echo) -> Self {
        if let Effect::List(changes) = &mut self.effect {
            changes.skip = echo;
        }
        self
    }

    /// The same change of lists, with this `total` in the answer. Other faults are unchanged.
    #[must_use]
    pub fn total(mut self, total: Total) -> Self {
        if let Effect::List(changes) = &mut self.effect {
            changes.total = total;
        }
        self
    }
}

/// Bodies.
impl Fault {
    /// Half a surrogate pair follows each occurrence of a text, such as the name of an item.
    pub fn lone_surrogate(behind: &str) -> Self {
        Self::new(Effect::Damage { behind: behind.to_owned(), with: Damage::LoneSurrogate })
    }

    /// A byte that is not UTF-8 follows each occurrence of a text, such as the name of an item.
    pub fn invalid_utf8(behind: &str) -> Self {
        Self::new(Effect::Damage { behind: behind.to_owned(), with: Damage::InvalidUtf8 })
    }

    /// The request succeeds, and this text replaces the body of the answer (CONTRACT.md 11.14).
    pub fn success_with(text: &str) -> Self {
        Self::new(Effect::ReplaceBody { with: text.to_owned() })
    }

    /// The request succeeds with a bare JSON string (CONTRACT.md 11.14).
    pub fn bare_string(text: &str) -> Self {
        Self::success_with(&json!(text).to_string())
    }

    /// The request succeeds with `{"message": …}` alone (CONTRACT.md 11.14).
    pub fn only_message(message: &str) -> Self {
        Self::success_with(&json!({ "message": message }).to_string())
    }

    /// The request succeeds without a body (CONTRACT.md 11.14).
    pub fn no_body() -> Self {
        Self::success_with("")
    }
}

/// Refusals.
impl Fault {
    /// A status with the documented error and this message.
    pub fn refused(status: u16, message: &str) -> Self {
        let body = FaultBody::Message(message.to_owned());
        Self::new(Effect::Status { status, body, retry_after: None })
    }

    /// 403 because of a missing licence, not of a permission (CONTRACT.md 11.19).
    pub fn no_license(feature: &str) -> Self {
        Self::refused(403, &format!("License not installed yet for feature {feature}"))
    }

    /// A failure of the sign-in with this text, such as `Invalid Client` (CONTRACT.md 11.16).
    pub fn sign_in_failure(message: &str) -> Self {
        Self::refused(401, message).method("POST").path("/auth/tokens")
    }
}

/// A gateway between the page and the appliance.
impl Fault {
    /// An answer that does not come from the appliance.
    pub fn gateway(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let headers = headers.iter().map(owned).collect();
        Self::new(Effect::Gateway { status, headers, body: body.to_owned() })
    }

    /// A gateway asks for a password: 401 with `WWW-Authenticate: Basic` and an HTML page.
    pub fn gateway_sign_in() -> Self {
        let basic = ("www-authenticate", "Basic realm=\"gateway\"");
        Self::gateway(401, &[basic, ("content-type", HTML)], SIGN_IN_PAGE)
    }

    /// A gateway redirects with 302, for example to a sign-in page at another origin.
    pub fn redirect(location: &str) -> Self {
        Self::gateway(302, &[("location", location)], "")
    }

    /// 200 with an HTML page that claims to be JSON.
    pub fn html_as_json() -> Self {
        Self::gateway(200, &[("content-type", JSON)], SIGN_IN_PAGE)
    }
}

/// Nodes of a cluster that lag behind (CONTRACT.md 11.11).
impl Fault {
    /// The first `reads` GETs that follow a change show the state before it: 404 for a new job,
    /// `abort: false` after a cancel. With [`Fault::after`] some of them show the new state first.
    pub fn stale_for(reads: u32) -> Self {
        Self::new(Effect::Stale { lag: Duration::ZERO }).method("GET").times(reads)
    }

    /// Every GET shows the state of this long ago by the simulator's clock, except that jobs progress.
    pub fn stale_by(lag: Duration) -> Self {
        Self::new(Effect::Stale { lag }).method("GET")
    }
}

/// Slow transfers.
impl Fault {
    /// The same answer, sent at this rate in pieces with pauses between them.
    #[must_use]
    pub fn bytes_per_second(self, rate: u32) -> Self {
        let bytes_per_second = Some(rate);
        Self { bytes_per_second, ..self }
    }

    /// An answer that is sent at this rate in pieces with pauses between them.
    pub fn slow_body(rate: u32) -> Self {
        Self::new(Effect::Pass).bytes_per_second(rate)
    }

    /// After this many bytes of the body nothing more is sent, and the connection stays open.
    pub fn stalled_body(bytes: usize) -> Self {
        Self::new(Effect::Stall { bytes })
    }
}
