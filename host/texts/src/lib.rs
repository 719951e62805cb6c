//! The message catalogue: every text a person sees, in Chinese and English.
//!
//! The domain names a message and its arguments ([`Text`]); this crate puts it
//! into words. A message that is missing shows its own id, never nothing.

use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use hejie_domain::text::{Bilingual, Text};
use serde::Deserialize;
use serde_json::{Map, Value};

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
        .map(|(name, value)| (name.clone().into(), argument(value, language)))
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
fn argument(value: &Value, language: Language) -> FluentValue<'static> {
    let words = match value {
        Value::String(text) => text.clone(),
        Value::Object(parts) => nested(parts, language).unwrap_or_else(|| value.to_string()),
        other => other.to_string(),
    };
    FluentValue::from(words)
}

/// A word of the catalogue or a further message, as [`Text::term`] and
/// [`Text::text`] write them.
fn nested(parts: &Map<String, Value>, language: Language) -> Option<String> {
    if let Some(text) = parts.get("text") {
        let text = Text::deserialize(text).ok()?;
        return Some(render(&text, language));
    }
    let (kind, word) = (parts.get("kind")?.as_str()?, parts.get("word")?.as_str()?);
    let id = format!("{kind}-{word}");
    let known = LOCALES.try_lookup(&language.identifier(), &id);
    Some(known.unwrap_or_else(|| word.to_owned()))
}

#[cfg(test)]
mod tests {
    use hejie_domain::case::Command;
    use hejie_domain::indicators::{
        CaseFacts, Facts, Indicator, InquiryFacts, NegotiationFacts, ReportFacts,
    };
    use std::collections::BTreeMap;

    use hejie_domain::case::Refusal;

    use super::*;

    const CHINESE: &[&str] = &[
        include_str!("../locales/zh-CN/case.ftl"),
        include_str!("../locales/zh-CN/document.ftl"),
        include_str!("../locales/zh-CN/figures.ftl"),
        include_str!("../locales/zh-CN/law.ftl"),
        include_str!("../locales/zh-CN/problem.ftl"),
        include_str!("../locales/zh-CN/term.ftl"),
    ];
    const ENGLISH: &[&str] = &[
        include_str!("../locales/en/case.ftl"),
        include_str!("../locales/en/document.ftl"),
        include_str!("../locales/en/figures.ftl"),
        include_str!("../locales/en/law.ftl"),
        include_str!("../locales/en/problem.ftl"),
        include_str!("../locales/en/term.ftl"),
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

    /// The words between quotation marks after `before` in a source file.
    fn words_after<'a>(source: &'a str, before: &str) -> Vec<&'a str> {
        let quoted = |rest: &'a str| rest.strip_prefix('"')?.split('"').next();
        source.split(before).skip(1).filter_map(quoted).collect()
    }

    #[test]
    fn every_action_and_phase_of_a_case_has_words_in_both_languages() {
        let phases = include_str!("../../domain/src/case/phase.rs");
        let words = |source, kind: &str| {
            let named = words_after(source, " => ").into_iter();
            named
                .map(|word| format!("{kind}-{word}"))
                .collect::<Vec<_>>()
        };
        let reports = include_str!("../../domain/src/report/state.rs");
        let actions = Command::NAMES.iter().map(|name| format!("action-{name}"));
        let all = [
            actions.collect(),
            words(phases, "phase"),
            words(reports, "phase"),
            vec!["phase-asked".to_owned()],
        ]
        .concat();
        assert!(all.len() > 40, "the names were not found");
        let known = messages(CHINESE);
        let missing: Vec<_> = all.iter().filter(|id| !known.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_indicator_has_a_name_and_a_definition() {
        let known = messages(CHINESE);
        let tables: [&[Indicator]; 4] = [
            CaseFacts::INDICATORS,
            NegotiationFacts::INDICATORS,
            ReportFacts::INDICATORS,
            InquiryFacts::INDICATORS,
        ];
        let indicators = tables.into_iter().flatten();
        for text in indicators.flat_map(|it| [it.name(), it.definition()]) {
            assert!(known.contains_key(&text.id), "{}", text.id);
        }
    }

    #[test]
    fn an_argument_may_be_a_word_of_the_catalogue_or_a_further_message() {
        let text = Text::new("refusal-wrong-phase")
            .term("action", "action", "make-offer")
            .term("phase", "phase", "closed");
        let said = render(&text, Language::Chinese);
        assert_eq!(said, "案件目前状态为“已结案”，不能进行此操作（提出方案）。");
        let unknown = Text::new("refusal-not-expired").term("period", "period", "my-timer");
        assert!(render(&unknown, Language::English).contains("my-timer"));
        let within = Text::new("cli-code-invalid").text("why", Text::new("cli-unknown-division"));
        assert_eq!(
            render(&within, Language::Chinese),
            "无效：区划表中没有这个代码"
        );
    }

    /// A refusal with every word it may name, in Chinese.
    #[rstest::rstest]
    #[case(Refusal::NotAllowed { action: "accept-complaint" })]
    #[case(Refusal::WrongPhase { action: "escalate", phase: "negotiating" })]
    #[case(Refusal::Unknown { what: "question", id: "7".into() })]
    #[case(Refusal::NotOpen { what: "offer", id: "7".into() })]
    #[case(Refusal::OwnOffer)]
    #[case(Refusal::NoPower { action: "make-offer" })]
    #[case(Refusal::Needs { what: "power-of-attorney" })]
    #[case(Refusal::Needs { what: "election" })]
    #[case(Refusal::Needs { what: "represented-consents" })]
    #[case(Refusal::Unknown { what: "complainant", id: "7".into() })]
    #[case(Refusal::ConsentMissing { action: "withdraw", missing: Vec::new() })]
    #[case(Refusal::NotExpired { period: "odr-negotiation".into() })]
    #[case(Refusal::NoAuthority { why: "division 990000 is not known here".into() })]
    #[case(Refusal::Repeated { what: "clock", id: "7".into() })]
    #[case(Refusal::Full { what: "messages", limit: 500 })]
    fn a_refusal_in_chinese_holds_no_english(#[case] refusal: Refusal) {
        let said = render(&refusal.text(), Language::Chinese);
        assert!(!said.contains(|c: char| c.is_ascii_alphabetic()), "{said}");
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
