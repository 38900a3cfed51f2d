//! Accessibility rules, checked by axe-core. The driver runs it in the page despite the page's policy.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs};

use crate::page::Page;
use crate::setup::workspace;

/// The script of axe-core, from `AXE_PATH` or from where the Makefile installs it.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let installed = || workspace().join(".tools/axe/node_modules/axe-core/axe.min.js");
    let path = env::var_os("AXE_PATH").map_or_else(installed, PathBuf::from);
    fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("no axe-core at {}: {error}", path.display()))
});

const RUN: &str = "
const done = arguments[arguments.length - 1];
const describe = ({ id, help, nodes }) =>
  `${id}: ${help}\\n` + nodes.map((node) => `  ${node.html}\\n  ${node.failureSummary}`).join('\\n');
axe.run(document)
  .then(({ violations, passes }) => done([passes.length > 5, violations.map(describe).join('\\n')]), (error) => done([false, String(error)]));
";

impl Page {
    /// Saves a screenshot of a view; fails if it violates a rule of axe or is wider than the window.
    pub async fn check_view(&self, view: &str) {
        self.screenshot(view).await;
        self.assert_accessible(view).await;
        self.assert_fits(view).await;
    }

    /// Fails when axe finds a violation on the page; `view` names it in the message.
    pub async fn assert_accessible(&self, view: &str) {
        let script = format!("{}\n{RUN}", *AXE);
        let result = self.driver().execute_async(script, Vec::new()).await;
        let result = result.expect("axe runs");
        let (ran, violations): (bool, String) = result.convert().expect("a flag and a text");
        assert!(ran, "{view}: axe checked nothing: {violations}");
        let theme = self.setup().theme.as_str();
        assert!(violations.is_empty(), "{view}, {theme}:\n{violations}");
    }
}
