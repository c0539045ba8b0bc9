//! Finding the browsers to test in.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, bail};

use crate::command::{capture, find_on_path, program};
use crate::project::Project;

const CHROMIUM: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const CHROMEDRIVER: &[&str] = &["chromedriver"];

/// Chromium, and the program that drives it for the tests of the WebAssembly side.
pub struct Chromium {
    pub browser: OsString,
    pub driver: OsString,
}

/// Finds Chromium: where `CHROMIUM` and `CHROMEDRIVER` say, or on the PATH. Root on Debian or Ubuntu gets it installed.
pub fn ensure_chromium(project: &Project) -> Result<Chromium> {
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

fn find_chromium() -> Option<Chromium> {
    let browser = env::var_os("CHROMIUM").or_else(|| find_on_path(CHROMIUM))?;
    let driver = env::var_os("CHROMEDRIVER").or_else(|| find_on_path(CHROMEDRIVER))?;
    Some(Chromium { browser, driver })
}

fn may_install(project: &Project) -> bool {
    let is_root = capture(program(project, "id").arg("-u")).is_ok_and(|user| user.text.trim() == "0");
    is_root && Path::new("/etc/debian_version").exists() && find_on_path(&["apt-get"]).is_some()
}
