//! What varies in a message does not change its cause: every variable in the corpus is replaced by another one.

use std::ops::Range;
use std::sync::LazyLock;

use cckm_core::job::cause::Normalizer;
use proptest::prelude::{ProptestConfig, Strategy, any, proptest};
use proptest::sample::select;

use crate::cause_corpus::corpus;

/// Regions of AWS, Azure, Google and Oracle, of all forms.
const REGIONS: [&str; 40] = [
    "us-east-1",
    "eu-west-3",
    "ap-southeast-4",
    "us-gov-west-1",
    "us-iso-east-1",
    "cn-northwest-1",
    "il-central-1",
    "mx-central-1",
    "ca-west-1",
    "af-south-1",
    "me-central-1",
    "sa-east-1",
    "us-central1",
    "europe-west12",
    "europe-southwest1",
    "northamerica-northeast2",
    "southamerica-west1",
    "australia-southeast1",
    "asia-northeast3",
    "me-west1",
    "africa-south1",
    "eu-frankfurt-1",
    "us-ashburn-1",
    "uk-london-1",
    "sa-saopaulo-1",
    "ap-chuncheon-1",
    "westeurope",
    "eastus2",
    "southeastasia",
    "southafricanorth",
    "uaenorth",
    "qatarcentral",
    "newzealandnorth",
    "germanywestcentral",
    "australiacentral2",
    "usgovvirginia",
    "usdodeast",
    "chinanorth3",
    "jioindiawest",
    "mexicocentral",
];

/// A kind of variable: where it is in a message, and how another one is generated.
struct Kind {
    name: &'static str,
    find: fn(&str) -> Vec<Range<usize>>,
}

const KINDS: [Kind; 9] = [
    Kind { name: "uuid", find: uuids },
    Kind { name: "arn", find: arns },
    Kind { name: "account", find: accounts },
    Kind { name: "region", find: regions },
    Kind { name: "ip", find: addresses },
    Kind { name: "time", find: times },
    Kind { name: "request id", find: request_ids },
    Kind { name: "number", find: numbers },
    Kind { name: "quoted name", find: quoted_names },
];

/// One other variable of each of [`KINDS`].
fn others() -> impl Strategy<Value = [String; KINDS.len()]> {
    let region = || select(&REGIONS[..]);
    let arn = (region(), "[0-9]{12}", "(key/|key/mrk-|alias/)[0-9a-f-]{8,36}")
        .prop_map(|(region, account, key)| format!("arn:aws:kms:{region}:{account}:{key}"));
    let role = "arn:aws(-cn)?:(iam|sts)::[0-9]{12}:(user|role|assumed-role)/[A-Za-z0-9_+=.@-]{0,20}[A-Za-z0-9_-]";
    let ip = (any::<[u8; 4]>(), "(:[1-9][0-9]{1,4})?")
        .prop_map(|([a, b, c, d], port)| format!("{a}.{b}.{c}.{d}{port}"));
    let time = (
        "20[0-9]{2}-(0[1-9]|1[0-2])-[0-2][0-9]",
        "[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        "([.][0-9]{1,9})?",
        "(Z| UTC| [+]0000 UTC|[+-]0[0-9]:[03]0)",
    )
        .prop_map(|(date, time, fraction, zone)| date + &time + &fraction + &zone);
    (
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        proptest::prop_oneof![arn, role],
        "[0-9]{12}",
        region(),
        ip,
        time,
        "[0-9][0-9A-F]{7,30}/[0-9A-F]{4,32}/[0-9A-F]{4,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        any::<u32>(),
        "[A-Za-z][A-Za-z0-9_-]{0,30}",
    )
        .prop_map(|(uuid, arn, account, region, ip, time, request, number, name)| {
            let number = (number >> (number % 32)).to_string();
            [uuid, arn, account, region.to_owned(), ip, time, request, number, name]
        })
}

/// The variables of one kind in a message.
struct Variables {
    message: String,
    pattern: String,
    kind: usize,
    ranges: Vec<Range<usize>>,
}

/// All variables in the corpus.
static VARIABLES: LazyLock<Vec<Variables>> = LazyLock::new(|| {
    let mut normalizer = Normalizer::default();
    let mut found = Vec::new();
    for message in corpus().into_iter().flat_map(|block| block.messages) {
        for (kind, Kind { find, .. }) in KINDS.iter().enumerate() {
            let (ranges, pattern) = (find(&message), normalizer.normalize(&message).to_owned());
            if !ranges.is_empty() {
                found.push(Variables { message: message.clone(), pattern, kind, ranges });
            }
        }
    }
    found
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn cause_does_not_change_with_a_variable(others in others()) {
        let mut normalizer = Normalizer::default();
        let mut wrong = Vec::new();
        for Variables { message, pattern, kind, ranges } in &*VARIABLES {
            let mut changed = message.clone();
            for range in ranges.iter().rev() {
                changed.replace_range(range.clone(), &others[*kind]);
            }
            let found = normalizer.normalize(&changed);
            if found != pattern {
                wrong.push(format!("{} {}:\n{pattern}\n{found}", KINDS[*kind].name, others[*kind]));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn every_kind_of_variable_is_in_the_corpus() {
    for (number, Kind { name, .. }) in KINDS.iter().enumerate() {
        let count = VARIABLES.iter().filter(|variables| variables.kind == number).count();
        assert!(count >= 5, "{name}: {count}");
    }
}

#[test]
fn normalised_text_of_the_corpus_is_normalised() {
    let mut normalizer = Normalizer::default();
    for message in corpus().into_iter().flat_map(|block| block.messages) {
        let once = normalizer.normalize(&message).to_owned();
        assert_eq!(normalizer.normalize(&once), once, "{message}");
    }
}

/// The parts of `text` between characters that are not in `within`, if `is_kind` accepts them.
fn parts(text: &str, within: &str, is_kind: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let is_part = |letter: char| letter.is_alphanumeric() || within.contains(letter);
    let mut start = 0;
    for part in text.split(|letter| !is_part(letter)) {
        let bare = part.trim_end_matches(['.', ':', '-']);
        if is_kind(bare) {
            found.push(start..start + bare.len());
        }
        start += part.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// Whether `text` has the form `form`, in which `x` is a hexadecimal digit, `d` a decimal digit and `*` anything.
fn has_form(text: &str, form: &str) -> bool {
    let (form, is_start) = form.strip_suffix('*').map_or((form, false), |form| (form, true));
    (text.len() == form.len() || is_start && text.len() > form.len())
        && form.bytes().zip(text.bytes()).all(|(form, byte)| match form {
            b'x' => byte.is_ascii_hexdigit(),
            b'd' => byte.is_ascii_digit(),
            _ => form == byte,
        })
}

fn uuids(text: &str) -> Vec<Range<usize>> {
    parts(text, "-_./:", |part| has_form(part, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"))
}

fn arns(text: &str) -> Vec<Range<usize>> {
    parts(text, "-_./:@+*", |part| {
        part.starts_with("arn:aws") && part.contains("::") | part.contains(":kms:")
    })
}

fn accounts(text: &str) -> Vec<Range<usize>> {
    parts(text, "-_./", |part| has_form(part, "dddddddddddd"))
}

fn regions(text: &str) -> Vec<Range<usize>> {
    parts(text, "-_./:", |part| {
        REGIONS.contains(&part) || ["eu-west-1", "us-east-2"].contains(&part)
    })
}

fn addresses(text: &str) -> Vec<Range<usize>> {
    parts(text, "-_./:@", |part| {
        let address = part.split(':').next().unwrap();
        address.parse::<std::net::Ipv4Addr>().is_ok()
    })
}

fn times(text: &str) -> Vec<Range<usize>> {
    let mut times = parts(text, "-:.+", |part| has_form(part, "dddd-dd-ddTdd:dd:dd*"));
    // `+` cannot begin a part, but it belongs to the zone.
    times.retain(|time| {
        !text[time.end..].starts_with([' ', '+']) || text[..time.end].ends_with('Z')
    });
    times
}

fn request_ids(text: &str) -> Vec<Range<usize>> {
    const LABELS: [&str; 5] =
        ["Request ID: ", "RequestID: ", "request id: ", "Opc request id: ", "opc-request-id: "];
    let starts = LABELS
        .iter()
        .flat_map(|label| text.match_indices(label).map(move |(at, _)| at + label.len()));
    let mut ids: Vec<_> = starts
        .map(|start| {
            let end =
                text[start..].find([' ', ',', ')', '"']).map_or(text.len(), |end| start + end);
            start..start + text[start..end].trim_end_matches('.').len()
        })
        .collect();
    ids.sort_by_key(|id| id.start);
    ids.dedup();
    ids
}

fn numbers(text: &str) -> Vec<Range<usize>> {
    const CODES: [&str; 12] = [
        "Error",
        "error:",
        "Code:",
        "code:",
        "code",
        "StatusCode:",
        "returned",
        "RESPONSE",
        "OAuth",
        "request:",
        "token:",
        "HTTP",
    ];
    let mut numbers = parts(text, "-_./:,+%@=#", |part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    numbers.retain(|number| {
        let before = text[..number.start].trim_end().rsplit(' ').next().unwrap_or_default();
        let is_alone =
            text[..number.start].ends_with(' ') && text[number.end..].starts_with([' ', ')']);
        let is_status = has_form(&text[number.clone()], "ddd");
        let is_date = text.contains(" Nov 2026");
        is_alone && !is_status && !is_date && !CODES.contains(&before)
    });
    numbers
}

fn quoted_names(text: &str) -> Vec<Range<usize>> {
    const CODES: [&str; 6] = ["Permission", "metric", "limit", "service", "permission", "Action:"];
    let mut names = Vec::new();
    for (at, _) in text.match_indices(" '") {
        let start = at + 2;
        let Some(end) = text[start..].find('\'').map(|end| start + end) else { continue };
        let before = text[..at].rsplit(' ').next().unwrap_or_default();
        let is_name = text[start..end]
            .chars()
            .all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
        if is_name
            && start < end
            && !CODES.contains(&before)
            && !names.iter().any(|name: &Range<usize>| name.end > at)
        {
            names.push(start..end);
        }
    }
    names
}
