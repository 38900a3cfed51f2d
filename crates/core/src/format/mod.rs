//! Times, numbers and texts for people, and single JSON values.

pub mod json;
pub mod local_time;
pub mod text;
pub mod time;
