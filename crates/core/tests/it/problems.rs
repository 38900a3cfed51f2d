//! The problems of a job, and what it says of itself.

use cckm_core::api::decode;
use cckm_core::job::cause::Cause;
use cckm_core::job::problems::first_names;

#[test]
fn first_names_of_each_cause_are_those_of_its_first_items() {
    let body = r#"{"overall_status":"completed","error_message":"boom","warnings":[],"status_reason":" ","detailed_status":
        {"a":"timed out after 3 s","b":"Success","c":"timed out after 5 s","d":"AccessDeniedException: no","e":"timed out after 3 s"}}"#;
    let job = decode::job(body.as_bytes()).unwrap();
    let causes = Cause::all(&job.items, true);
    assert_eq!(first_names(&causes, &job.items, 2), [vec!["a", "c"], vec!["d"]]);
    assert_eq!(first_names(&causes, &job.items, 0), [vec![""; 0], vec![]]);
    let messages: Vec<String> = job.messages().into_iter().map(|detail| detail.member).collect();
    assert_eq!(messages, ["error_message"], "what is empty explains nothing");
}
