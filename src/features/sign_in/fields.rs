//! The fields of the sign-in form. Their values stay in the elements, and are read once.

use cckm_core::problem::Problem;
use cckm_core::session::auth::{Credentials, parse_tenant};
use cckm_core::session::token::Tokens;
use leptos::html;
use leptos::prelude::*;

use crate::hooks::SignIn;

/// The elements of the fields.
#[derive(Clone, Copy, Default)]
pub struct Fields {
    pub username: NodeRef<html::Input>,
    pub password: NodeRef<html::Input>,
    pub tenant: NodeRef<html::Input>,
    pub domain: NodeRef<html::Input>,
    pub connection: NodeRef<html::Input>,
    pub token: NodeRef<html::Textarea>,
}

impl Fields {
    /// The typed values: a token, or else a name and a password.
    ///
    /// # Errors
    /// A [`Problem`] if a text is no token, or names no tenant. Its field then has the focus.
    pub fn read(self, by_token: bool) -> Result<SignIn, Problem> {
        if by_token {
            let token = self.token.get_untracked();
            let text = token.map(|token| token.value()).unwrap_or_default();
            return text.parse::<Tokens>().map(SignIn::Token).map_err(|error| {
                self.select_secret(true);
                Problem::local("This is no token", error.to_string())
            });
        }
        let tenant = parse_tenant(&value(self.tenant)).map_err(|error| {
            if let Some(field) = self.tenant.get_untracked() {
                _ = field.focus();
                field.select();
            }
            Problem::local("The tenant cannot be used", error.to_string())
        })?;
        Ok(SignIn::Password(Credentials {
            username: value(self.username).trim().to_owned(),
            password: value(self.password),
            tenant,
            domain: value(self.domain).trim().to_owned(),
            connection: value(self.connection).trim().to_owned(),
        }))
    }

    /// Focuses the user name, or the password if the user name is filled in.
    pub fn focus_first_empty(self) {
        let fields = [self.username, self.password];
        let empty = fields.into_iter().find(|field| value(*field).is_empty());
        if let Some(field) = empty.and_then(|field| field.try_get_untracked().flatten()) {
            _ = field.focus();
        }
    }

    /// Focuses the password or the token, with its text selected.
    pub fn select_secret(self, by_token: bool) {
        if by_token {
            if let Some(token) = self.token.try_get_untracked().flatten() {
                _ = token.focus();
                token.select();
            }
        } else if let Some(password) = self.password.try_get_untracked().flatten() {
            _ = password.focus();
            password.select();
        }
    }

    /// Empties the password and the token.
    pub fn clear_secrets(self) {
        if let Some(password) = self.password.try_get_untracked().flatten() {
            password.set_value("");
        }
        if let Some(token) = self.token.try_get_untracked().flatten() {
            token.set_value("");
        }
    }
}

fn value(field: NodeRef<html::Input>) -> String {
    let field = field.try_get_untracked().flatten();
    field.map(|field| field.value()).unwrap_or_default()
}
