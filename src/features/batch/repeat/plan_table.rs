//! The starts of a plan with their numbers.

use std::sync::Arc;

use cckm_core::format::text::{group_digits, truncate};
use cckm_core::start::{PlannedStart, RepeatPlan};
use leptos::prelude::*;

/// One row for each start, and a row with the totals.
#[component]
pub fn PlanTable(
    /// The plan.
    plan: Arc<RepeatPlan>,
) -> impl IntoView {
    let rows = plan.starts.iter().enumerate().map(|(index, start)| plan_row(index, start));
    let total = group_digits(plan.count());
    let failed = group_digits(plan.single.failed.len());
    view! {
        <table class="plan">
            <caption class="visually-hidden">"The jobs of the plan, how many regions they start, and how many of these had failed"</caption>
            <thead>
                <tr>
                    <th scope="col">"Job"</th>
                    <th scope="col">"KMS"</th>
                    <th scope="col">"Regions"</th>
                    <th scope="col">"Started"</th>
                    <th scope="col">"Failed"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">"Total"</th>
                    <td></td>
                    <td></td>
                    <td>{total}</td>
                    <td>{failed}</td>
                </tr>
            </tfoot>
        </table>
    }
}

fn plan_row(index: usize, start: &PlannedStart) -> impl IntoView + use<> {
    let names = |list: &[String]| {
        let names = truncate(list.join(", "));
        view! {
            <td>
                {group_digits(list.len())} <span class="plan__names">{names}</span>
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">{group_digits(index + 1)}</th>
            {names(&start.scope.kms)}
            {names(&start.scope.regions)}
            <td>{group_digits(start.scope.count())}</td>
            <td>{group_digits(start.failed.len())}</td>
        </tr>
    }
}
