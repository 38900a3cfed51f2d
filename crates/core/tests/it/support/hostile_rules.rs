//! The rules of the API that the hostile server breaks, always or with one request.

use proptest::prelude::*;

/// How the server answers every list.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule that it may break")]
pub struct Rules {
    /// The largest number of elements in an answer.
    pub max_rows: usize,
    pub total: Total,
    /// The `limit` in the answer, and with it `skip`.
    pub limit: Limit,
    pub ignores_position: bool,
    pub ignores_filter: bool,
    /// Whether some elements are no jobs, and some jobs have no id.
    pub has_odd_rows: bool,
    /// Whether it sorts as requested.
    pub sorts: bool,
    /// Whether it refuses a start with 409 while a job that was started runs (CONTRACT.md 3, family 1).
    pub is_exclusive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    True,
    Missing,
    Wrong(usize),
}

#[derive(Clone, Copy, Debug)]
pub enum Limit {
    Missing,
    Requested,
    Sent,
    One,
}

/// What the server does with one request.
#[derive(Clone, Debug)]
pub enum Act {
    Honest,
    /// Leaves out one of so many rows.
    Drops(usize),
    /// Begins with another row.
    Rotates(usize),
    /// Answers as a node that is so many seconds behind, and whose clock differs by so many. A job that is started is
    /// listed late.
    Lags(i64, i64),
    /// Sends the last list again. A start is carried out twice, as by a browser that repeats it.
    Repeats,
    /// Answers with this status. Beyond 500 a start was carried out all the same.
    Fails(u16),
    /// Carries the request out; the answer is lost.
    LosesAnswer,
    /// The request is lost.
    LosesRequest,
    /// Carries the request out, and answers with a text.
    Speaks,
}

pub fn rules() -> impl Strategy<Value = Rules> {
    let total =
        prop_oneof![Just(Total::True), Just(Total::Missing), (0..90_usize).prop_map(Total::Wrong)];
    let limit =
        prop::sample::select(vec![Limit::Missing, Limit::Requested, Limit::Sent, Limit::One]);
    let flags = prop::array::uniform5(any::<bool>());
    (1..25_usize, total, limit, flags).prop_map(|(max_rows, total, limit, flags)| Rules {
        max_rows,
        total,
        limit,
        ignores_position: flags[0],
        ignores_filter: flags[1],
        has_odd_rows: flags[2],
        sorts: flags[3],
        is_exclusive: flags[4],
    })
}

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => Just(Act::Honest),
        1 => (2..5_usize).prop_map(Act::Drops),
        1 => (1..9_usize).prop_map(Act::Rotates),
        3 => (0..90_i64, -20..20_i64).prop_map(|(lag, skew)| Act::Lags(lag, skew)),
        1 => Just(Act::Repeats),
        1 => prop::sample::select(vec![400, 403, 404, 409, 429, 500, 503]).prop_map(Act::Fails),
        1 => Just(Act::LosesAnswer),
        1 => Just(Act::LosesRequest),
        1 => Just(Act::Speaks),
    ];
    prop::collection::vec(act, 0..40)
}
