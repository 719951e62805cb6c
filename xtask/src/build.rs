//! Building: the binaries, and plugins as packages with their manifests inside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_encoder::{ComponentSection, CustomSection};

/// Folder of each plugin, by name.
const PLUGINS: [(&str, &str); 4] = [
    ("retail-returns", "plugins/retail-returns"),
    ("statutory-floor", "plugins/statutory-floor"),
    ("prepaid-card", "plugins/prepaid-card"),
    ("hostile", "tests/hostile"),
];

const TARGET: &str = "wasm32-wasip2";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All that is built for this machine: the sandbox's misbehaving plugin is not. With one
/// choice of packages for programs and tests their dependencies have the same features,
/// and are compiled once.
pub const EVERYTHING: [&str; 3] = ["--workspace", "--exclude", "hostile"];

/// Builds everything that runs, tests too.
pub fn all() -> Result<()> {
    plugins()?;
    let build = ["build", "--bins", "--tests"];
    cargo(&[&build[..], &EVERYTHING].concat())
}

/// Runs a program in the project's folder.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .current_dir(root())
        .status()
        .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
    ensure!(status.success(), "{command:?} failed");
    Ok(())
}

pub fn cargo(args: &[&str]) -> Result<()> {
    run(Command::new(env!("CARGO")).args(args))
}

pub fn plugins() -> Result<()> {
    add_target(TARGET)?;
    let folder = hejie_tests::target_folder();
    fs::create_dir_all(folder.join("plugins"))?;
    for (name, source) in PLUGINS {
        // One at a time: each is built with the features of its own role only.
        cargo(&[
            "build",
            "--quiet",
            "--profile",
            "plugin",
            "--target",
            TARGET,
            "--package",
            name,
        ])?;
        let built = folder
            .join(TARGET)
            .join("plugin")
            .join(format!("{}.wasm", name.replace('-', "_")));
        let component =
            fs::read(&built).with_context(|| format!("{} is missing", built.display()))?;
        let manifest = fs::read(root().join(source).join("manifest.json"))?;
        let package = folder.join("plugins").join(format!("{name}.wasm"));
        fs::write(package, embed(&component, &manifest))?;
    }
    Ok(())
}

/// The manifest as a custom section at the component's end.
fn embed(component: &[u8], manifest: &[u8]) -> Vec<u8> {
    let section = CustomSection {
        name: "hejie:manifest".into(),
        data: manifest.into(),
    };
    let mut package = component.to_vec();
    section.append_to_component(&mut package);
    package
}

/// Adds a compilation target where it is missing.
pub fn add_target(target: &str) -> Result<()> {
    let listed = Command::new("rustup")
        .args(["target", "list", "--installed"])
        .output();
    let installed = listed.is_ok_and(|list| {
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        list.lines().any(|line| line == target)
    });
    if installed {
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", target]))
        .with_context(|| format!("add the WebAssembly target: rustup target add {target}"))
}
