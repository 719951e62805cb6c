//! What the documents say is true: their commands run, their files exist.

use std::path::{Path, PathBuf};
use std::process::Command;

use hejie_tests::binary;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The lines of a document's shell blocks.
fn shell_lines(text: &str) -> Vec<&str> {
    let blocks = text.split("```sh\n").skip(1);
    blocks
        .filter_map(|block| block.split("```").next())
        .flat_map(str::lines)
        .collect()
}

#[test]
fn every_command_of_the_readme_runs() {
    let readme = document("README.md");
    let ci = document(".ci/run");
    let lines = shell_lines(&readme);
    assert!(lines.len() >= 9);
    for line in lines {
        if line.starts_with("cargo ") {
            assert!(ci.contains(line), "{line} is not run");
            continue;
        }
        let args = line.strip_prefix("hejie ").unwrap().split(' ');
        let output = Command::new(binary("hejie").unwrap())
            .args(args)
            .current_dir(root())
            .output()
            .unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
        assert!(!output.stdout.is_empty(), "{line} says nothing");
    }
}

#[test]
fn every_file_of_the_map_exists() {
    let files = sources();
    let map = document("ARCHITECTURE.md");
    let named = map.split('`').skip(1).step_by(2);
    let named: Vec<&str> = named.filter(|name| name.ends_with(".rs")).collect();
    assert!(named.len() > 25, "{named:?}");
    for name in named.into_iter().flat_map(alternatives) {
        let is = |file: &String| file.ends_with(&format!("/{name}"));
        assert!(files.iter().any(is), "{name} is on the map and not there");
    }
}

/// `a/{b,c}.rs` names two files.
fn alternatives(name: &str) -> Vec<String> {
    let Some((before, rest)) = name.split_once('{') else {
        return vec![name.to_owned()];
    };
    let (middle, after) = rest.split_once('}').unwrap();
    let each = middle.split(',');
    each.map(|one| format!("{before}{one}{after}")).collect()
}

fn sources() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "*.rs"])
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8(listed.stdout).unwrap();
    text.lines().map(|line| format!("/{line}")).collect()
}

#[test]
fn every_link_leads_somewhere() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    ] {
        let text = document(name);
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            assert!(root().join(target).exists(), "{name}: {target}");
        }
    }
}
