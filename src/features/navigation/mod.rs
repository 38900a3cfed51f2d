//! Navigation: the header with the user and the domain, and the picker of kinds of jobs.

mod domains;
mod header;
mod kind_nav;

pub use header::Header;
pub use kind_nav::KindNav;
