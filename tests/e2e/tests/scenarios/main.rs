//! What a user can do with the console and see in it, in Chromium and in Firefox.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

mod actions;
mod actions_saved;
mod all;
mod batches;
mod batches_lost;
mod batches_new;
mod commands;
mod contradictions;
mod copy;
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
mod outcomes;
mod problems;
mod repeat_failed;
mod request_budget;
mod samples;
mod schedules;
mod session;
mod sign_in;
mod start;
mod start_again;
mod start_lost;
mod start_saved;
mod states;
mod verbs;

/// Joins the scenarios of modules.
macro_rules! all {
    ($($module:ident),+ $(,)?) => { [$($module::scenarios()),+].concat() };
}

fn main() -> std::process::ExitCode {
    e2e::scenario::run(all![
        actions,
        actions_saved,
        all,
        batches,
        batches_lost,
        batches_new,
        commands,
        contradictions,
        domains,
        families,
        filters,
        hosting,
        items,
        keyboard,
        known,
        large,
        lists,
        live,
        looks,
        outcomes,
        problems,
        repeat_failed,
        request_budget,
        samples,
        schedules,
        session,
        sign_in,
        start,
        start_again,
        start_lost,
        start_saved,
        states,
        verbs,
    ])
}
