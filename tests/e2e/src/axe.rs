//! Accessibility by axe-core, put into the page through the driver, which its policy lets pass.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::Value;

use crate::page::Page;
use crate::setting::workspace;

/// axe-core, from AXE_PATH, or from where the Makefile puts it.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let usual = || workspace().join(".tools/axe/node_modules/axe-core/axe.min.js");
    let path = env::var_os("AXE_PATH").map_or_else(usual, PathBuf::from);
    fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("no axe-core at {}: {error}", path.display()))
});

const RUN: &str = "
const done = arguments[arguments.length - 1];
const tell = ({ id, help, nodes }) =>
  `${id}: ${help}\\n` + nodes.map((node) => `  ${node.html}\\n  ${node.failureSummary}`).join('\\n');
axe.run(document)
  .then(({ violations, passes }) => done([passes.length > 5, ...violations.map(tell)]), (error) => done([false, String(error)]));
";

impl Page {
    /// Fails unless axe finds nothing to say against what is on the page; `view` names it.
    pub async fn is_accessible(&self, view: &str) {
        let script = format!("{}\n{RUN}", *AXE);
        let ran = self.driver.execute_async(script, Vec::new()).await;
        let found = ran.expect("axe runs").json().clone();
        let found = found.as_array().cloned().unwrap_or_default();
        let ran = found.first() == Some(&Value::Bool(true));
        assert!(ran, "{view}: axe checked nothing: {found:?}");
        let found: Vec<&str> = found.iter().filter_map(Value::as_str).collect();
        let theme = self.setting().theme.name();
        assert!(found.is_empty(), "{view}, {theme}:\n{}", found.join("\n"));
    }
}
