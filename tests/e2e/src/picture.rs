//! Pictures of the page, for people to look at.

use std::env;
use std::fs;
use std::path::Path;

use crate::browser::Browser;
use crate::page::Page;
use crate::setting::workspace;

impl Page {
    /// Writes `tests/output/screenshots/<view>-<theme>-<width>.png`. Chromium does, once is enough.
    pub async fn picture(&self, view: &str) {
        if self.browser() == Browser::Chromium {
            let (theme, width) = (self.setting().theme.name(), self.setting().width);
            let name = format!("tests/output/screenshots/{view}-{theme}-{width}.png");
            self.shoot(&workspace().join(name)).await;
        }
    }

    /// Writes the picture of the README, `tests/screenshots/<name>.png`, when the variable
    /// SCREENSHOTS is set, since it is under version control.
    pub async fn readme_picture(&self, name: &str) {
        if self.browser() == Browser::Chromium && env::var_os("SCREENSHOTS").is_some() {
            let name = format!("tests/screenshots/{name}.png");
            self.shoot(&workspace().join(name)).await;
        }
    }

    pub(crate) async fn shoot(&self, path: &Path) {
        let picture = self.driver.screenshot_as_png().await;
        let picture = picture.expect("the browser takes a picture");
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder).expect("the folder can be made");
        fs::write(path, picture).expect("the picture can be written");
    }
}
