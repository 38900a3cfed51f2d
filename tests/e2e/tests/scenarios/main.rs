//! Everything that a person can do with the console and see in it, in Chromium and in Firefox.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod batches;
mod batches_lost;
mod batches_new;
mod families;
mod filters;
mod hosting;
mod items;
mod keyboard;
mod large;
mod lists;
mod live;
mod looks;
mod samples;
mod session;
mod shop;
mod sign_in;
mod states;
