//! The commands of the binary.

pub mod code;
pub mod entitlements;
pub mod explain_clock;
pub mod jurisdiction;
pub mod operate;
pub mod rules;
pub mod serve;

use std::io::Read;

use anyhow::{Context, Result};
use hejie_domain::text::Text;
use hejie_texts::Language;
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

/// Reads a file of one JSON value, `-` for standard input; a fault names its field.
pub fn read_json<T: DeserializeOwned>(file: &str) -> Result<T> {
    let text = if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?
    };
    parse_json(&text).map_err(|fault| anyhow::anyhow!("{file}: {fault}"))
}

/// One JSON value and nothing after it; a fault names its field.
fn parse_json<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|fault| format!("{}: {}", fault.path(), fault.inner()))?;
    reader.end().map_err(|fault| fault.to_string())?;
    Ok(value)
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
        assert_eq!(parse_json::<Value>(" {\"a\": 1}\n"), Ok(json!({"a": 1})));
        for garbage in ["{} {}", "{}garbage", "[1] 2"] {
            assert!(parse_json::<Value>(garbage).is_err(), "{garbage}");
        }
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
