//! The texts that differ between starting a job, creating a schedule and changing one.

use cckm_core::family::{Family, Resource};

/// The texts of a form.
#[derive(Clone, Copy)]
pub struct StartLabels {
    /// The heading, before the family's name.
    pub title: &'static str,
    /// The question before the form is sent.
    pub question: &'static str,
    /// The button that sends the form.
    pub verb: &'static str,
    /// The noun for the result, such as "job".
    pub noun: &'static str,
    /// The participle, as in "the job was started".
    pub done: &'static str,
    /// The question before a request whose result is unknown is repeated.
    pub again: &'static str,
    /// The risk of that.
    pub risk: &'static str,
    /// The method of the request.
    pub method: &'static str,
}

const START: StartLabels = StartLabels {
    title: "Start",
    question: "Start this job?",
    verb: "Start the job",
    noun: "job",
    done: "started",
    again: "Start it again?",
    risk: "If the first request was carried out after all, this starts a second job.",
    method: "POST",
};

const CREATE: StartLabels = StartLabels {
    title: "Create",
    question: "Create this schedule?",
    verb: "Create the schedule",
    noun: "schedule",
    done: "created",
    again: "Create it again?",
    risk: "If the first request was carried out after all, this creates a second schedule.",
    method: "POST",
};

const CHANGE: StartLabels = StartLabels {
    title: "Change",
    question: "Change this schedule?",
    verb: "Change the schedule",
    noun: "schedule",
    done: "changed",
    again: "Change it again?",
    risk: "Sending the same change again does no harm: it creates nothing.",
    method: "PATCH",
};

impl StartLabels {
    /// Whether the form changes something that exists.
    pub fn is_change(self) -> bool {
        self.method == CHANGE.method
    }

    /// The texts of the form for `family`, which changes something that exists if `edit`.
    pub fn new(family: &Family, edit: bool) -> Self {
        match (family.resource, edit) {
            (Resource::Jobs, _) => START,
            (Resource::Schedules, false) => CREATE,
            (Resource::Schedules, true) => CHANGE,
        }
    }
}
