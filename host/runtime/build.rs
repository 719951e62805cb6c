//! Tells the code which wasmtime it is built with, to the patch: decision records
//! name it. The lock file is the only place that knows.

use std::path::PathBuf;

fn main() {
    // Asked for when it runs: a build folder may be shared between checkouts.
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let lock = PathBuf::from(folder).join("../../Cargo.lock");
    println!("cargo:rerun-if-changed={}", lock.display());
    println!("cargo:rerun-if-changed=build.rs");
    let version = std::fs::read_to_string(&lock)
        .ok()
        .and_then(|text| locked(&text, "wasmtime"));
    match version {
        Some(version) => println!("cargo:rustc-env=HEJIE_WASMTIME_VERSION={version}"),
        None => println!("cargo:error={} locks no wasmtime", lock.display()),
    }
}

/// The version a lock file holds of a package.
fn locked(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
    let version = after.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}
