//! Navigation: the header with the user and the domain, and the links to the main pages.

mod domains;
mod header;
mod main_nav;

pub use header::Header;
pub use main_nav::MainNav;
