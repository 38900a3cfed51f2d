//! Browser interfaces that Leptos and leptos-use do not cover. Nothing here is reactive.

pub mod clock;
