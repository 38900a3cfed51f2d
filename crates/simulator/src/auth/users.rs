//! Who can sign in, and to which domains. Simulated people with published passwords. Must not
//! hold anything that is a secret anywhere.

/// May do everything.
pub const ADMIN_USER: &str = "admin";
/// The password of [`ADMIN_USER`].
pub const ADMIN_PASSWORD: &str = "KeySecure!2024";
/// May synchronize, but run no bulk operation (403 naming `keybulkoperation`).
pub const OPERATOR_USER: &str = "operator";
/// The password of [`OPERATOR_USER`].
pub const OPERATOR_PASSWORD: &str = "Operator!2024";
/// May sign in, and do nothing in CCKM.
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
    /// The permissions; none means all.
    pub acls: Option<&'static [&'static str]>,
}

/// A domain.
#[derive(Debug)]
pub struct Domain {
    /// Its name.
    pub name: &'static str,
    /// Its id; the root domain's is all zeros.
    pub id: &'static str,
}

/// The domains; the first is where one lands without asking.
pub const DOMAINS: &[Domain] = &[
    Domain {
        name: "root",
        id: "00000000-0000-0000-0000-000000000000",
    },
    Domain {
        name: "emea",
        id: "5a8d9c1e-63b7-4f0a-9d52-7f3b1c6e2a44",
    },
];

/// The permissions that the job APIs ask for (CONTRACT.md 3).
pub const PERMISSIONS: &[&str] = &["keysynchronize", "keybulkoperation"];

/// The one connection that users sign in through.
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

/// The user of this name and password.
pub fn find(name: &str, password: &str) -> Option<&'static User> {
    by(|user| user.name == name && user.password == password)
}

/// The user with this id.
pub fn by_id(id: &str) -> Option<&'static User> {
    by(|user| user.id == id)
}

fn by(is: impl Fn(&User) -> bool) -> Option<&'static User> {
    USERS.iter().find(|user| is(user))
}

/// The domain of this name or id, as an index.
pub fn domain(given: &str) -> Option<usize> {
    DOMAINS
        .iter()
        .position(|domain| domain.name == given || domain.id == given)
}

impl User {
    /// Whether the user has this permission.
    pub fn may(&self, acl: &str) -> bool {
        self.acls.is_none_or(|acls| acls.contains(&acl))
    }
}
