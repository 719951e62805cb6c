//! `cargo xtask test`: what is missing is installed or named, then all tests run.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::build::{self, EVERYTHING, all, cargo};

pub fn run() -> Result<()> {
    need_postgresql()?;
    need_nextest()?;
    all()?;
    cargo(&[
        "test",
        "--quiet",
        "--doc",
        "--package",
        "hejie-sdk",
        "--all-features",
    ])?;
    cargo(&[&["nextest", "run"][..], &EVERYTHING].concat())
}

fn need_postgresql() -> Result<()> {
    let installed = Path::new("/usr/lib/postgresql").exists();
    if installed {
        return Ok(());
    }
    apt("postgresql").context("install PostgreSQL: apt-get install postgresql")
}

fn need_nextest() -> Result<()> {
    let there = Command::new(env!("CARGO"))
        .args(["nextest", "--version"])
        .output();
    if there.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    cargo(&["install", "--locked", "cargo-nextest"])
}

fn apt(package: &str) -> Result<()> {
    build::run(Command::new("apt-get").args(["update", "--quiet"]))?;
    build::run(Command::new("apt-get").args(["install", "--yes", "--quiet", package]))
}
