//! The message catalogue: every text a person sees, in Chinese and English.
//!
//! The domain names a message and its arguments ([`Text`]); this crate puts it
//! into words. A message that is missing shows its own id, never nothing.

use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use hejie_domain::text::{Bilingual, Text};
use serde_json::Value;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "zh-CN",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The languages of the platform.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// 简体中文, the first language.
    #[default]
    Chinese,
    English,
}

impl Language {
    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// The better of the two for an `Accept-Language` header (RFC 9110 section
    /// 12.5.4): the first that the reader names, Chinese where neither is.
    pub fn negotiate(accepted: &str) -> Language {
        let first = accepted.split(',').find_map(|range| {
            let tag = range
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase();
            match tag.split('-').next() {
                Some("zh") => Some(Language::Chinese),
                Some("en") => Some(Language::English),
                _ => None,
            }
        });
        first.unwrap_or_default()
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Language::Chinese => langid!("zh-CN"),
            Language::English => langid!("en"),
        }
    }
}

/// The message in words; its id where the catalogue does not know it.
pub fn render(text: &Text, language: Language) -> String {
    let args: HashMap<_, FluentValue> = text
        .args
        .iter()
        .map(|(name, value)| (name.clone().into(), argument(value)))
        .collect();
    LOCALES
        .try_lookup_with_args(&language.identifier(), &text.id, &args)
        .unwrap_or_else(|| text.id.clone())
}

/// The message in both languages.
pub fn both(text: &Text) -> Bilingual {
    Bilingual::new(
        render(text, Language::Chinese),
        render(text, Language::English),
    )
}

/// The half of a bilingual text that a reader wants.
pub fn pick(text: &Bilingual, language: Language) -> &str {
    match language {
        Language::Chinese => &text.zh,
        Language::English => &text.en,
    }
}

/// Numbers are shown as they are, without grouping: they are dates and counts.
fn argument(value: &Value) -> FluentValue<'static> {
    match value {
        Value::String(text) => FluentValue::from(text.clone()),
        other => FluentValue::from(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const CHINESE: &[&str] = &[
        include_str!("../locales/zh-CN/case.ftl"),
        include_str!("../locales/zh-CN/law.ftl"),
        include_str!("../locales/zh-CN/problem.ftl"),
    ];
    const ENGLISH: &[&str] = &[
        include_str!("../locales/en/case.ftl"),
        include_str!("../locales/en/law.ftl"),
        include_str!("../locales/en/problem.ftl"),
    ];

    /// Message ids with the variables each uses; names of laws and the like come
    /// in both languages, so `_zh` and `_en` count as one.
    fn messages(files: &[&str]) -> BTreeMap<String, Vec<String>> {
        let mut found = BTreeMap::new();
        for line in files.iter().flat_map(|file| file.lines()) {
            let Some((id, body)) = line.split_once(" = ") else {
                continue;
            };
            let mut variables: Vec<String> = body
                .split("{ $")
                .skip(1)
                .filter_map(|rest| rest.split(" }").next())
                .map(|name| {
                    name.trim_end_matches("_zh")
                        .trim_end_matches("_en")
                        .to_owned()
                })
                .collect();
            variables.sort();
            variables.dedup();
            assert!(
                found.insert(id.to_owned(), variables).is_none(),
                "{id} is there twice"
            );
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_arguments() {
        assert_eq!(messages(CHINESE), messages(ENGLISH));
        assert!(messages(CHINESE).len() > 60);
    }

    #[test]
    fn a_message_is_put_into_words_with_its_arguments() {
        let text = Text::new("clock-end").arg("date", "2026-05-27");
        assert!(render(&text, Language::Chinese).contains("2026-05-27"));
        assert!(render(&text, Language::English).contains("2026-05-27"));
        assert_ne!(
            render(&text, Language::Chinese),
            render(&text, Language::English)
        );
    }

    #[test]
    fn an_unknown_message_shows_its_id() {
        assert_eq!(
            render(&Text::new("no-such-message"), Language::English),
            "no-such-message"
        );
    }

    #[test]
    fn the_readers_first_known_language_wins() {
        assert_eq!(
            Language::negotiate("fr, en-GB;q=0.8, zh"),
            Language::English
        );
        assert_eq!(Language::negotiate("zh-Hans-CN"), Language::Chinese);
        assert_eq!(Language::negotiate(""), Language::Chinese);
    }
}
