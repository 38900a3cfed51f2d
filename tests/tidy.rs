//! Holds the arrows of the design: who may name whom, and how a source file looks.
//!
//! A rule has to catch the honest mistake, not the determined one. The last tests show that the rules do bite.
#![cfg(not(target_arch = "wasm32"))]

#[path = "tidy/source.rs"]
mod source;

use source::{Source, root, sources};
use std::{fmt::Write as _, fs};

/// Each layer with those whose names it may use, itself included.
const LAYERS: [(&str, &[&str]); 5] = [
    ("reactive", &["reactive"]),
    ("view", &["view"]),
    ("state", &["domain", "route", "api", "reactive", "state"]),
    (
        "pages",
        &[
            "domain",
            "route",
            "api",
            "reactive",
            "view",
            "state",
            "pages",
            "components",
        ],
    ),
    (
        "components",
        &["domain", "route", "reactive", "view", "components"],
    ),
];

/// What else stands in `src/`, bound by no arrow.
const ROOTS: [&str; 4] = ["main.rs", "lib.rs", "api_client.rs", "boot.js"];

const MOST_LINES: usize = 400;

fn is_pure(source: &Source) -> bool {
    source.path.starts_with("crates/core/src/")
}

fn may_touch_the_browser(source: &Source) -> bool {
    matches!(source.layer(), Some("state" | "view"))
        || ["src/api_client.rs", "src/main.rs"].contains(&source.path.as_str())
}

/// Fails with every place that breaks the rule, one to a line.
#[track_caller]
fn check(rule: &str, broken: impl IntoIterator<Item = String>) {
    let mut places = String::new();
    for place in broken {
        let _ = write!(places, "\n  {place}");
    }
    assert!(places.is_empty(), "{rule}:{places}");
}

/// The places in the files that `binds` picks where one of the words is named.
fn naming(sources: &[Source], words: &[&str], binds: impl Fn(&Source) -> bool) -> Vec<String> {
    sources
        .iter()
        .filter(|source| binds(source))
        .flat_map(|source| {
            source
                .naming(words)
                .map(|(line, word)| format!("{}:{line} names {word}", source.path))
        })
        .collect()
}

fn against_the_arrows(source: &Source) -> Vec<String> {
    let Some((layer, allowed)) = LAYERS
        .iter()
        .find(|(layer, _)| Some(*layer) == source.layer())
    else {
        return Vec::new();
    };
    let mut named = source.names_below("crate");
    named.extend(source.names_below("super::super"));
    named
        .into_iter()
        .filter(|(_, name)| {
            LAYERS.iter().any(|(other, _)| other == name) && !allowed.contains(&name.as_str())
        })
        .map(|(line, name)| format!("{}:{line} {layer} names {name}", source.path))
        .collect()
}

/// The lines with an attribute for a style or a handler, which the page's policy forbids. A property of the style
/// (`.style("width", …)`) and a listener (`.on("click", …)`) are set by script and are fine.
fn inline(source: &Source) -> Vec<String> {
    const FORBIDDEN: [&str; 3] = ["\"style\"", "\"on", "\"srcdoc\""];
    let has = |line: &str| {
        [".attr(", ".set(", ".flag(", "set_attribute("]
            .iter()
            .flat_map(|call| line.split(call).skip(1))
            .any(|arguments| {
                FORBIDDEN
                    .iter()
                    .any(|name| arguments.trim_start_matches('&').starts_with(name))
            })
    };
    let lines = source.code.iter().enumerate().filter(|(_, line)| has(line));
    lines
        .map(|(at, _)| format!("{}:{}", source.path, at + 1))
        .collect()
}

#[test]
fn everything_in_src_belongs_to_a_layer() {
    let known =
        |name: &str| ROOTS.contains(&name) || LAYERS.iter().any(|(layer, _)| *layer == name);
    let entries = fs::read_dir(root().join("src"))
        .into_iter()
        .flatten()
        .flatten();
    let strangers = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !known(name));
    check(
        "the design knows no such layer (LAYERS and ROOTS in tests/tidy.rs)",
        strangers.map(|name| format!("src/{name}")),
    );
}

#[test]
fn a_layer_names_only_those_below_it() {
    check(
        "an arrow points the wrong way",
        sources(&["src"]).iter().flat_map(against_the_arrows),
    );
}

#[test]
fn every_layer_has_sources() {
    for (layer, _) in LAYERS {
        assert!(!sources(&[&format!("src/{layer}")]).is_empty());
    }
}

#[test]
fn only_the_client_names_the_network() {
    let broken = naming(&sources(&["src"]), &["gloo_net"], |source| {
        source.path != "src/api_client.rs"
    });
    check("only src/api_client.rs may name the network", broken);
}

#[test]
fn only_the_shell_names_the_browser() {
    let sources = sources(&["src"]);
    let outside = |source: &Source| !may_touch_the_browser(source);
    let mut broken = naming(&sources, &["web_sys", "js_sys"], outside);
    for source in sources.iter().filter(|source| outside(source)) {
        let events = source
            .names_below("leptos")
            .into_iter()
            .filter(|(_, name)| name == "ev");
        broken.extend(events.map(|(line, _)| format!("{}:{line} names leptos::ev", source.path)));
    }
    check(
        "only src/state, src/view, api/client.rs and main.rs may name the browser",
        broken,
    );
}

#[test]
fn the_core_is_pure() {
    let words = [
        "leptos",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo_net",
        "gloo_timers",
        // Time and dice come in as arguments.
        "time::Instant",
        "SystemTime",
        "RandomState",
        "thread_rng",
    ];
    let broken = naming(&sources(&["crates/core/src"]), &words, is_pure);
    check(
        "domain, route and api (but for its client) are plain Rust",
        broken,
    );
}

#[test]
fn the_browser_keeps_nothing() {
    let words = [
        "local_storage",
        "session_storage",
        "localStorage",
        "sessionStorage",
        "indexed_db",
        "cookie",
        "set_cookie",
    ];
    // It keeps ids and settings of the view.
    let broken = naming(&sources(&["src"]), &words, |source| {
        source.path != "src/state/kept.rs"
    });
    check("tokens live in memory only", broken);
}

#[test]
fn the_query_is_the_state() {
    let broken = naming(&sources(&["src"]), &["leptos_router"], |_| true);
    check("there is one document and no router", broken);
}

#[test]
fn no_text_becomes_markup() {
    let words = [
        "inner_html",
        "set_inner_html",
        "innerHTML",
        "set_outer_html",
        "insert_adjacent_html",
    ];
    check(
        "text goes into the page as text",
        naming(&sources(&["src"]), &words, |_| true),
    );
}

#[test]
fn no_view_has_an_inline_style_or_handler() {
    let broken = sources(&["src"])
        .iter()
        .flat_map(inline)
        .collect::<Vec<_>>();
    check(
        "the page's policy forbids inline styles and handlers; use a class, .style() or .on()",
        broken,
    );
}

#[test]
fn console_and_simulator_do_not_know_each_other() {
    let mut broken = naming(&sources(&["src"]), &["cckm_simulator"], |_| true);
    broken.extend(naming(
        &sources(&["crates/simulator/src"]),
        &["cckm_console"],
        |_| true,
    ));
    for (manifest, stranger) in [
        ("Cargo.toml", "cckm-simulator"),
        ("crates/simulator/Cargo.toml", "cckm-console"),
    ] {
        let text = fs::read_to_string(root().join(manifest)).unwrap_or_default();
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.trim_start().starts_with(stranger));
        broken.extend(lines.map(|(at, _)| format!("{manifest}:{} names {stranger}", at + 1)));
    }
    check(
        "console and simulator share nothing, so that a mistake in one shows against the other",
        broken,
    );
}

#[test]
fn files_are_short() {
    let sources = sources(&["src", "crates", "tests"]);
    let long = sources
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES);
    check(
        "a file is too long to read",
        long.map(|(source, lines)| format!("{}:{lines} is its last line", source.path)),
    );
}

#[test]
fn files_say_what_they_are() {
    let sources = sources(&["src", "crates", "tests"]);
    let silent = sources
        .iter()
        .filter(|source| !source.text.starts_with("//!"));
    check(
        "a file opens with //! and what it is",
        silent.map(|source| format!("{}:1", source.path)),
    );
}

#[test]
fn the_arrows_bite() {
    let broken = |path, text| against_the_arrows(&Source::new(path, text)).len();
    assert_eq!(
        broken(
            "src/view/a.rs",
            "use crate::view::b; // crate::state is above"
        ),
        0
    );
    assert_eq!(broken("src/view/a.rs", "use crate::state::now;"), 1);
    assert_eq!(
        broken(
            "src/state/a.rs",
            "use crate::{\n    view::{B, state},\n    pages::job::{self},\n};"
        ),
        2
    );
    assert_eq!(broken("src/lib.rs", "use crate::pages;"), 0);
}

#[test]
fn the_styles_bite() {
    let lines = "el(\"p\").attr(\"style\", a)\n.style(\"width\", w)\n.set(\"style\", w)\n.attr(\"data-style\", a)\n\
                 .on(\"click\", f).attr(\"onclick\", a)\n// .attr(\"style\", a)\n.on(\"click\", f)";
    let source = Source::new("src/pages/a.rs", lines);
    assert_eq!(
        inline(&source),
        ["src/pages/a.rs:1", "src/pages/a.rs:3", "src/pages/a.rs:5"]
    );
}
