//! The commands of the binary.

pub mod code;
pub mod entitlements;
pub mod explain_clock;
pub mod jurisdiction;
pub mod listen;
pub mod operate;
pub mod plugin;
pub mod rules;
pub mod serve;

use anyhow::Result;
use hejie_domain::day;
use hejie_domain::text::Text;
use hejie_texts::Language;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

/// How a command answers.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Output {
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// The language of the answer.
    #[arg(long, global = true, default_value = "zh")]
    pub lang: Lang,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Lang {
    Zh,
    En,
}

impl Output {
    pub fn language(&self) -> Language {
        match self.lang {
            Lang::Zh => Language::Chinese,
            Lang::En => Language::English,
        }
    }

    pub fn say(&self, text: &Text) -> String {
        hejie_texts::render(text, self.language())
    }
}

/// Reads a JSON file, `-` for standard input; a fault names its place.
pub fn read_json<T: DeserializeOwned>(file: &str, output: Output) -> Result<T> {
    let read = text_of(file).map_err(|fault| {
        Text::new("cli-no-file")
            .arg("file", one_line(file))
            .arg("detail", fault.to_string())
    });
    read.and_then(|text| parse_json(&text, file))
        .map_err(|text| anyhow::anyhow!(output.say(&text)))
}

fn text_of(file: &str) -> std::io::Result<String> {
    match file {
        "-" => std::io::read_to_string(std::io::stdin()),
        file => std::fs::read_to_string(file),
    }
}

/// One JSON value and nothing after it.
fn parse_json<T: DeserializeOwned>(text: &str, file: &str) -> Result<T, Text> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|fault| {
        let field = fault.path().to_string();
        match fault.inner().classify() {
            serde_json::error::Category::Data => Text::new("cli-bad-field")
                .arg("file", one_line(file))
                .arg("field", one_line(&field))
                .arg("detail", one_line(&fault.inner().to_string())),
            _ => not_json(fault.inner(), file),
        }
    })?;
    reader.end().map_err(|fault| not_json(&fault, file))?;
    Ok(value)
}

fn not_json(fault: &serde_json::Error, file: &str) -> Text {
    Text::new("cli-not-json")
        .arg("file", one_line(file))
        .arg("line", fault.line() as u64)
        .arg("column", fault.column() as u64)
}

/// A civil date, `YYYY-MM-DD` and nothing else.
pub fn civil_date(text: &str) -> Result<Date, Text> {
    day::parse(text).map_err(|fault| {
        Text::new("cli-bad-date")
            .arg("date", one_line(text))
            .text("why", fault.text())
    })
}

/// The text on one line: characters that would break or steer it are written out.
pub fn one_line(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn json_with_anything_after_it_is_refused() {
        assert_eq!(
            parse_json::<Value>(" {\"a\": 1}\n", "-"),
            Ok(json!({"a": 1}))
        );
        for garbage in ["{} {}", "{}garbage", "[1] 2"] {
            let fault = parse_json::<Value>(garbage, "-").err();
            assert_eq!(fault.map(|text| text.id).as_deref(), Some("cli-not-json"));
        }
    }

    #[test]
    fn a_moment_in_a_zone_is_no_civil_date() {
        assert!(civil_date("2026-05-18").is_ok());
        let zoned = civil_date("2026-05-18T20:00:00-05:00[America/New_York]").err();
        assert_eq!(zoned.map(|text| text.id).as_deref(), Some("cli-bad-date"));
    }

    #[test]
    fn a_text_with_line_breaks_and_steering_characters_stays_on_its_line() {
        assert_eq!(one_line("武昌 420106"), "武昌 420106");
        assert_eq!(
            one_line("4201\n06\u{1b}[1m\u{202e}"),
            "4201\\n06\\u{1b}[1m\\u{202e}"
        );
    }
}
