use std::process::{Command, Output};

use hejie_tests::binary;
use serde_json::{Value, json};

fn hejie(args: &[&str]) -> Output {
    Command::new(binary("hejie").unwrap())
        .args(args)
        .output()
        .unwrap()
}

fn told(args: &[&str]) -> String {
    let output = hejie(args);
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn json_of(args: &[&str]) -> Value {
    serde_json::from_str(&told(args)).unwrap()
}

#[test]
fn a_clock_explains_itself_in_both_languages_and_in_json() {
    let chinese = told(&["clock", "explain", "acceptance", "2026-09-28"]);
    assert!(
        chinese.contains("国庆节") && chinese.contains("2026-10-13"),
        "{chinese}"
    );
    let english = told(&[
        "clock",
        "explain",
        "acceptance",
        "2026-09-28",
        "--lang",
        "en",
    ]);
    assert!(english.contains("National Day"), "{english}");
    let answer = json_of(&[
        "clock",
        "explain",
        "mediation",
        "2026-06-01",
        "--json",
        "--pause",
        "2026-06-10..2026-06-19",
    ]);
    assert_eq!(answer["ends_on"], "2026-08-10");
    let old = [
        "clock",
        "explain",
        "mediation",
        "2026-06-01",
        "--json",
        "--pack",
        "cn-procedure-2020-01-01",
    ];
    assert_eq!(
        json_of(&old)["reading"]["arithmetic"]["counting"],
        "working_days"
    );
    for wrong in [
        vec!["clock", "explain", "patience", "2026-06-01"],
        vec!["clock", "explain", "acceptance", "yesterday"],
        vec![
            "clock",
            "explain",
            "acceptance",
            "2026-06-01",
            "--pause",
            "2026-06-19..2026-06-10",
        ],
        vec![
            "clock",
            "explain",
            "acceptance",
            "2026-06-01",
            "--pack",
            "none",
        ],
    ] {
        let output = hejie(&wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn codes_are_checked_a_line_each() {
    let output = hejie(&[
        "code",
        "check",
        "--lang",
        "en",
        "91350100M000100Y43",
        "91350100M000100Y4Z",
        "420106",
        "429999",
        "what",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].contains("valid: unified social credit code"));
    assert!(lines[1].contains("not valid") && lines[1].contains("position 18"));
    assert!(lines[3].contains("not valid"));
    assert_eq!(
        json_of(&["code", "check", "55138508-2", "--json"])[0]["valid"],
        true
    );
}

#[test]
fn rules_are_listed() {
    let answer = json_of(&["rules", "list", "--json"]);
    assert_eq!(answer["procedures"].as_array().unwrap().len(), 3);
    assert!(told(&["rules", "list"]).contains("cn-procedure-2026-04-15"));
}

#[test]
fn jurisdiction_and_entitlements_are_explained_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: Value| {
        let file = folder.path().join(name);
        std::fs::write(&file, value.to_string()).unwrap();
        file.display().to_string()
    };
    let seller = write(
        "seller.json",
        json!({"received_on": "2026-05-18", "operator":
        {"kind": "in_platform_seller", "platform": "荆楚优选", "platform_domicile": "420112"}}),
    );
    let found = told(&["jurisdiction", "explain", &seller]);
    assert!(
        found.contains("没有公示地址") && found.contains("东西湖区"),
        "{found}"
    );
    let facts = write(
        "facts.json",
        json!({"received_on": "2026-05-18", "facts":
        {"channel": "online", "price_fen": 12900, "received_on": "2026-05-14", "fraud_alleged": true}}),
    );
    let answer = json_of(&["entitlements", "explain", &facts, "--json"]);
    assert_eq!(answer["unconditional"][0]["amount_fen"], 12_900);
    assert_eq!(answer["conditional"][0]["amount_fen"], 50_000);
    let wrong = write(
        "wrong.json",
        json!({"received_on": "2026-05-18", "facts": {"price_fen": "x"}}),
    );
    let output = hejie(&["entitlements", "explain", &wrong]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("facts.price_fen"));
}

#[test]
fn a_day_before_every_pack_and_text_after_the_question_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |text: &str, lang: &str| {
        let file = folder.path().join("question.json").display().to_string();
        std::fs::write(&file, text).unwrap();
        let output = hejie(&["entitlements", "explain", &file, "--lang", lang]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let early = r#"{"received_on": "2014-03-14", "facts": {}}"#;
    let english = refused(early, "en");
    assert_eq!(
        english.trim(),
        "hejie: No pack of entitlement rules is in force on 2014-03-14"
    );
    assert!(refused(early, "zh").contains("没有施行中的权益规则包"));
    let trailing = r#"{"received_on": "2026-05-18", "facts": {}} {"facts"#;
    assert!(refused(trailing, "en").contains("line 1, column 44"));
}
