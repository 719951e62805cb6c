//! Who may depend on whom. The domain and the documents know nobody; runtime and store know the
//! domain and not each other; plugins know the SDK alone.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// Each package's own (not dev) dependencies.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let own = package["dependencies"].as_array().unwrap().iter();
            let own = own.filter(|one| one["kind"].is_null());
            let names = own
                .map(|one| one["name"].as_str().unwrap().to_owned())
                .collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        });
    packages.collect()
}

#[test]
fn dependencies_go_one_way() {
    let all = dependencies();
    let ours = |package: &str| -> Vec<&str> {
        let own = all[package].iter().map(String::as_str);
        own.filter(|name| name.starts_with("hejie-")).collect()
    };
    assert_eq!(ours("hejie-documents"), [] as [&str; 0]);
    assert_eq!(ours("hejie-domain"), [] as [&str; 0]);
    assert_eq!(ours("hejie-runtime"), ["hejie-domain"]);
    assert_eq!(ours("hejie-faults"), [] as [&str; 0]);
    assert_eq!(ours("hejie-store"), ["hejie-domain", "hejie-faults"]);
    assert_eq!(ours("hejie-texts"), ["hejie-domain"]);
    assert_eq!(ours("hejie-sdk"), [] as [&str; 0]);
    for plugin in [
        "retail-returns",
        "statutory-floor",
        "prepaid-card",
        "hostile",
    ] {
        assert_eq!(ours(plugin), ["hejie-sdk"]);
    }
    let kit = ours("hejie-testkit");
    assert!(!kit.contains(&"hejie-store") && !kit.contains(&"hejie-server"));
}

#[test]
fn the_domain_does_no_io_and_knows_no_async() {
    let all = dependencies();
    for outside in [
        "tokio",
        "reqwest",
        "sqlx",
        "axum",
        "wasmtime",
        "futures-util",
    ] {
        assert!(
            !all["hejie-domain"].iter().any(|name| name == outside),
            "{outside}"
        );
    }
}
