//! Which job of a batch to ask for when: few at a time, and the more there are the more slowly.
//!
//! All times are milliseconds of one clock, which comes in from outside.

use std::time::Duration;

/// How many jobs are asked for at a time.
const AT_ONCE: usize = 3;
/// With so many running jobs each is asked for half as often, with twice as many a third as often.
const MANY: usize = 10;

/// When to ask for each job of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Of each part when its job is due, if it is to be asked for at all.
    due: Vec<Due>,
    /// Nothing is asked for before.
    hold: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Due {
    /// There is no job.
    #[default]
    No,
    At(i64),
    UnderWay,
    /// It is over.
    Over,
}

impl Follow {
    /// `part` has a job now, which is due at once.
    pub fn start(&mut self, part: usize, now: i64) {
        if self.due.len() <= part {
            self.due.resize(part + 1, Due::No);
        }
        if self.due[part] == Due::No {
            self.due[part] = Due::At(now);
        }
    }

    /// The part whose job to ask for now, which then counts as under way: the one that is due for
    /// the longest time.
    pub fn next(&mut self, now: i64) -> Option<usize> {
        let (at, part) = self.soonest()?;
        if at > now {
            return None;
        }
        self.due[part] = Due::UnderWay;
        Some(part)
    }

    /// When to ask next; `None` until an answer has come.
    pub fn wake(&self) -> Option<i64> {
        self.soonest().map(|(at, _)| at)
    }

    fn soonest(&self) -> Option<(i64, usize)> {
        if self.count(Due::UnderWay) >= AT_ONCE {
            return None;
        }
        let due = self.due.iter().enumerate();
        let due = due.filter_map(|(part, due)| match due {
            Due::At(at) => Some(((*at).max(self.hold), part)),
            _ => None,
        });
        due.min()
    }

    /// The job of `part` was answered for. It is due again after `delay`, stretched where there are
    /// many; without one it is over.
    pub fn answered(&mut self, part: usize, now: i64, delay: Option<Duration>) {
        let open = self.due.len() - self.count(Due::Over) - self.count(Due::No);
        if let Some(due) = self.due.get_mut(part).filter(|due| **due == Due::UnderWay) {
            *due = delay.map_or(Due::Over, |delay| {
                let delay = delay.as_millis() * (MANY + open).max(1) as u128 / MANY as u128;
                Due::At(now.saturating_add(i64::try_from(delay).unwrap_or(i64::MAX)))
            });
        }
    }

    /// `part` has no job after all.
    pub fn stop(&mut self, part: usize) {
        if let Some(due) = self.due.get_mut(part) {
            *due = Due::No;
        }
    }

    /// Nothing is asked for before `until`.
    pub fn hold(&mut self, until: i64) {
        self.hold = until;
    }

    /// Each job is due at once, also those that are over if `all` are asked for.
    pub fn refresh(&mut self, now: i64, all: bool) {
        self.hold = 0;
        for due in &mut self.due {
            if matches!(due, Due::At(_)) || all && *due == Due::Over {
                *due = Due::At(now);
            }
        }
    }

    /// Whether any job is being asked for.
    pub fn is_busy(&self) -> bool {
        self.count(Due::UnderWay) > 0
    }

    /// Whether each job that there is is over.
    pub fn is_over(&self) -> bool {
        self.due.len() == self.count(Due::Over) + self.count(Due::No)
    }

    fn count(&self, what: Due) -> usize {
        self.due.iter().filter(|due| **due == what).count()
    }
}
