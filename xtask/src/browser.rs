//! Finding the browsers to test in.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, bail};

use crate::command::{capture, find_on_path, program};
use crate::project::Project;

const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const CHROMEDRIVER: &[&str] = &["chromedriver"];

const FIREFOX: &[&str] = &["firefox", "firefox-esr"];
const GECKODRIVER: &[&str] = &["geckodriver"];

/// A browser, and the program that drives it.
pub struct Browser {
    pub browser: OsString,
    pub driver: OsString,
}

/// Finds Chromium: where `CHROMIUM` and `CHROMEDRIVER` say, or on the PATH. Root on Debian or Ubuntu gets it installed.
pub fn ensure_chromium(project: &Project) -> Result<Browser> {
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    if !may_install(project) {
        bail!(
            "the tests need Chromium and its chromedriver: install them (Debian: apt install chromium chromium-driver), \
             or set CHROMIUM and CHROMEDRIVER to where they are"
        );
    }
    println!("Installing Chromium");
    for words in [&["update"][..], &["install", "-y", "chromium", "chromium-driver"]] {
        let done =
            capture(program(project, "apt-get").arg("-qq").args(words).env("DEBIAN_FRONTEND", "noninteractive"))?;
        if !done.success {
            bail!("`apt-get {}` failed:\n{}", words.join(" "), done.text.trim_end());
        }
    }
    match find_chromium() {
        Some(found) => Ok(found),
        None => bail!("Debian's packages chromium and chromium-driver are installed, but their programs are not found"),
    }
}

fn find_chromium() -> Option<Browser> {
    let browser = env::var_os("CHROMIUM").or_else(|| find_on_path(CHROMIUM))?;
    let driver = env::var_os("CHROMEDRIVER").or_else(|| find_on_path(CHROMEDRIVER))?;
    Some(Browser { browser, driver })
}

/// Finds Firefox: where `FIREFOX` and `GECKODRIVER` say, or on the PATH. It is never installed.
pub fn find_firefox() -> Option<Browser> {
    let browser = env::var_os("FIREFOX").or_else(|| find_on_path(FIREFOX))?;
    let driver = env::var_os("GECKODRIVER").or_else(|| find_on_path(GECKODRIVER))?;
    Some(Browser { browser, driver })
}

fn may_install(project: &Project) -> bool {
    let is_root = capture(program(project, "id").arg("-u")).is_ok_and(|user| user.text.trim() == "0");
    is_root && Path::new("/etc/debian_version").exists() && find_on_path(&["apt-get"]).is_some()
}
