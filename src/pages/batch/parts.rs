//! The jobs of a batch, as many as can be read, and the question before one is sent again.

use crate::components::{PartRow, Question, confirm, mark, part_list, status_badge};
use crate::reactive::{Callback, RwSignal};
use crate::state::batches::{Batches, Word};
use crate::view::{View, dynamic, el, several};
use cckm_core::batch::requests as bulk;
use cckm_core::batch::{Batch, JobSnapshot, Part, State};
use cckm_core::format::text::{counted, cut, grouped};
use cckm_core::route::{JobRoute, Route, encode};

/// How many jobs are shown at first, and how many more each time.
const SOME: usize = 10;

/// The jobs that would be started.
pub fn plan(batch: &Batch) -> View {
    let all = batch.parts().iter().enumerate();
    let rows = all.take(SOME).map(|(at, part)| row(at, part, None));
    let list = part_list(rows.collect(), &Callback::new(|_| ()));
    let rest = batch.parts().len().saturating_sub(SOME);
    let rest = (rest > 0).then(|| el("p").child(format!("and {} more", grouped(rest))));
    several([list.into(), rest.into()])
}

/// The jobs of the batch `name`, as they stand. Where not all are shown, those that want a decision
/// come first.
pub fn parts(batches: Batches, name: String) -> View {
    let most = RwSignal::new(SOME);
    let asked = RwSignal::new(None::<usize>);
    let on_again = Callback::new(move |part| asked.set(Some(part)));
    let own = name.clone();
    let list = dynamic(move || {
        batches.changed().get();
        batches.read().get();
        let most = most.get();
        let here = batches.is_here(&own);
        let shown = batches.with(&own, |work| {
            let all = work.batch.parts().iter().enumerate();
            let all: Vec<(usize, &Part)> = all.collect();
            let open = |(_, part): &&(usize, &Part)| wants_decision(&part.state);
            let first = all.iter().filter(open);
            let then = all.iter().filter(|part| !open(part));
            let mut chosen: Vec<(usize, &Part)> = first.chain(then).take(most).copied().collect();
            chosen.sort_unstable_by_key(|(at, _)| *at);
            let rows = chosen
                .into_iter()
                .map(|(at, part)| row(at, part, Some(work.table.news(at))))
                .map(|row| PartRow {
                    again: row.again && here,
                    ..row
                });
            (rows.collect::<Vec<_>>(), all.len())
        });
        let (rows, of) = shown.unwrap_or_default();
        part_list_of(rows, of, &on_again)
    });
    let more = dynamic(move || {
        batches.changed().get();
        let of = batches
            .with(&name, |work| work.batch.parts().len())
            .unwrap_or(0);
        let shown = most.get();
        let more = (of > shown).then(|| {
            el("button")
                .attr("type", "button")
                .class("button button--quiet")
                .on("click", move |_| most.set(shown + SOME))
                .child(format!("Show more: {} of {}", grouped(shown), grouped(of)))
        });
        let asked = asked
            .get()
            .map(|part| question(batches, &name, part, asked));
        several([more.into(), asked.into()])
    });
    several([list, more])
}

fn part_list_of(rows: Vec<PartRow>, of: usize, on_again: &Callback<usize>) -> View {
    let title = el("h2")
        .attr("id", "jobs-title")
        .child(format!("Jobs: {}", grouped(of)));
    several([title.into(), part_list(rows, on_again).into()])
}

fn wants_decision(state: &State) -> bool {
    matches!(state, State::Lost | State::Unknown | State::Refused(_))
}

fn row(at: usize, part: &Part, news: Option<JobSnapshot>) -> PartRow {
    let (mut state, mut job, mut said) = (View::none(), None, Vec::new());
    if let Some(news) = news {
        state = match (&part.state, news.standing) {
            (State::Waiting, _) => mark("unreported", "Waiting".into()).into(),
            (State::Sent, _) => mark("running", "Being started".into()).into(),
            (State::Lost, _) => mark("unknown", "Looked for".into()).into(),
            (State::Unknown, _) => mark("unknown", "Unknown".into()).into(),
            (State::Refused(_), _) => mark("failed", "Refused".into()).into(),
            (State::Started(_), None) => mark("unreported", "Started".into()).into(),
            (State::Started(_), Some(standing)) => {
                status_badge(standing, news.status.map(cut)).into()
            }
        };
        match &part.state {
            State::Started(id) => {
                let route = JobRoute::of(bulk::family(), id.clone());
                job = Some((id.clone(), encode(&Route::Job(route))));
            }
            State::Refused(words) => said.push(words.clone()),
            State::Unknown => said.push(
                "The answer to its start was lost, and no job of its keys was found.".to_owned(),
            ),
            _ => (),
        }
        said.extend(part.twins.iter().map(|id| {
            format!("The server has another job of the same keys, {id}: the browser has sent the start twice, since its connection broke.")
        }));
        if news.strange > 0 {
            let items = counted(news.strange, "item", "items");
            said.push(format!("It reports {items} that are none of its keys."));
        }
        said.extend(news.error.map(|why| format!("It could not be read. {why}")));
    }
    let key = |key: Option<&String>| key.cloned().unwrap_or_default();
    PartRow {
        part: at,
        state,
        job,
        keys: (
            part.keys.len(),
            key(part.keys.first()),
            key(part.keys.last()),
        ),
        said,
        again: matches!(part.state, State::Unknown | State::Refused(_)),
    }
}

fn question(
    batches: Batches,
    name: &str,
    part: usize,
    asked: RwSignal<Option<usize>>,
) -> Option<View> {
    if !batches.is_here(name) {
        return None;
    }
    let (effect, keys, is_lost, destroys) = batches.with(name, |work| {
        let (own, task) = (work.batch.parts().get(part)?, work.batch.task());
        let is_lost = own.state == State::Unknown;
        let destroys = task.known().is_some_and(|known| known.destroys);
        let may = is_lost || matches!(own.state, State::Refused(_));
        // After a stop the others go on with it.
        let stopped = work.batch.stop().is_some();
        let others = if stopped { work.batch.to_destroy() } else { 0 };
        let keys = own.keys.len() + others;
        may.then(|| (task.effect(keys), keys, is_lost, destroys))
    })??;
    let risk = is_lost.then(|| {
        let risk = "Its answer was lost. If the server started its job all the same, its keys are asked for twice.";
        el("p").child(risk).into()
    });
    let what = [Some(el("p").child(effect).into()), risk];
    let question = Question {
        title: format!("Send job {} again?", part + 1),
        what: what.into_iter().flatten().collect(),
        verb: "Send it again and go on".to_owned(),
        count: destroys.then_some(keys),
    };
    let name = name.to_owned();
    let yes = Callback::new(move |()| {
        asked.set(None);
        batches.go_on(&name, Word::SendAgain(part));
    });
    let no = Callback::new(move |()| asked.set(None));
    Some(confirm(question, yes, no).into())
}
