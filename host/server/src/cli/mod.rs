//! The commands of the binary.

pub mod code;
pub mod entitlements;
pub mod explain_clock;
pub mod jurisdiction;
pub mod listen;
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

/// Reads a JSON file, `-` for standard input; a fault names its field.
pub fn read_json<T: DeserializeOwned>(file: &str) -> Result<T> {
    let text = if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?
    };
    let mut reader = serde_json::Deserializer::from_str(&text);
    serde_path_to_error::deserialize(&mut reader)
        .map_err(|fault| anyhow::anyhow!("{file}: {}: {}", fault.path(), fault.inner()))
}
