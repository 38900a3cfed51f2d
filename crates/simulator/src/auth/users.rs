//! The simulated users and domains. All passwords are public.

use serde::Serialize;

/// A user with all permissions.
pub const ADMIN_USER: &str = "admin";
/// The password of [`ADMIN_USER`].
pub const ADMIN_PASSWORD: &str = "KeySecure!2024";
/// A user who may synchronize but not run bulk operations (403 that names `keybulkoperation`).
pub const OPERATOR_USER: &str = "operator";
/// The password of [`OPERATOR_USER`].
pub const OPERATOR_PASSWORD: &str = "Operator!2024";
/// A user who may sign in but has no permission in CCKM.
pub const GUEST_USER: &str = "guest";
/// The password of [`GUEST_USER`].
pub const GUEST_PASSWORD: &str = "Guest!2024";

/// A user.
#[derive(Debug)]
pub struct User {
    /// The name to sign in with.
    pub name: &'static str,
    /// The password to sign in with.
    pub password: &'static str,
    /// After `local|` in the claim `sub`.
    pub id: &'static str,
    /// The claim `cust.groups`.
    pub groups: &'static [&'static str],
    /// The permissions; `None` means all.
    pub acls: Option<&'static [&'static str]>,
}

/// A domain; serializes as an entry of the list.
#[derive(Debug, Serialize)]
pub struct Domain {
    /// Its id; the one of the root domain is all zeros.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// The domains; the first one is the default.
pub const DOMAINS: &[Domain] = &[
    Domain { name: "root", id: "00000000-0000-0000-0000-000000000000" },
    Domain { name: "emea", id: "5a8d9c1e-63b7-4f0a-9d52-7f3b1c6e2a44" },
];

/// The permissions that the job APIs need (CONTRACT.md 3).
pub const PERMISSIONS: &[&str] = &["keysynchronize", "keybulkoperation"];

/// The only connection.
pub const CONNECTION: &str = "local_account";

const USERS: &[User] = &[
    User {
        name: ADMIN_USER,
        password: ADMIN_PASSWORD,
        id: "0d4b1f6e-2a35-4c0b-8f8e-9b6c7d1a2e30",
        groups: &["admin"],
        acls: None,
    },
    User {
        name: OPERATOR_USER,
        password: OPERATOR_PASSWORD,
        id: "7c2e5a90-41d8-4b6f-a3c7-0e9f8d7b6a51",
        groups: &["CCKM Users"],
        acls: Some(&["keysynchronize"]),
    },
    User {
        name: GUEST_USER,
        password: GUEST_PASSWORD,
        id: "b91f3d27-8e64-4a1c-b5d0-3c2a1f0e9d82",
        groups: &[],
        acls: Some(&[]),
    },
];

/// The user with this name and password.
pub fn find(name: &str, password: &str) -> Option<&'static User> {
    USERS.iter().find(|user| user.name == name && user.password == password)
}

/// The user with this subject, as in `local|<id>`.
pub fn by_subject(subject: &str) -> Option<&'static User> {
    let id = subject.strip_prefix("local|")?;
    USERS.iter().find(|user| user.id == id)
}

/// The id of a domain.
pub fn domain_id(domain: usize) -> &'static str {
    DOMAINS.get(domain).map_or("", |domain| domain.id)
}

/// The index of the domain with this name or id.
pub fn domain(given: &str) -> Option<usize> {
    DOMAINS.iter().position(|domain| domain.name == given || domain.id == given)
}

impl User {
    /// The claim `sub`, as in `local|<id>`.
    pub fn subject(&self) -> String {
        format!("local|{}", self.id)
    }

    /// Whether the user has a permission.
    pub fn has_permission(&self, acl: &str) -> bool {
        self.acls.is_none_or(|acls| acls.contains(&acl))
    }
}
