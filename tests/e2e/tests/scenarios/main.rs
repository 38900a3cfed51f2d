//! Everything that a person can do with the console and see in it, in Chromium and in Firefox.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod actions;
mod all;
mod batches;
mod commands;
mod domains;
mod families;
mod filters;
mod hosting;
mod items;
mod keyboard;
mod known;
mod large;
mod lists;
mod live;
mod looks;
mod samples;
mod schedules;
mod session;
mod shop;
mod sign_in;
mod start;
mod start_again;
mod start_lost;
mod states;
mod verbs;
