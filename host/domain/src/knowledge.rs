//! The knowledge base: questions that were answered once, found again by the words of
//! another question.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::words::of_text;

/// An answered question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub id: String,
    pub question: String,
    pub answer: String,
    /// The law the answer rests on, as it is cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// It no longer holds: it is not found any more.
    #[serde(default)]
    pub retired: bool,
    /// Which version of it this is, counted from 1; a new one is written in its place.
    #[serde(default)]
    pub revision: u64,
    /// Who wrote this version, and when; older ones do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Writing>,
}

impl Article {
    /// As the version that the store counts.
    pub fn at(self, revision: u64) -> Article {
        Article { revision, ..self }
    }
}

/// Who wrote something, in whose name, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Writing {
    pub by: String,
    pub unit: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// All that is known, with an index of its words.
#[derive(Debug, Clone, Default)]
pub struct Knowledge {
    articles: Vec<Article>,
    /// For each word the articles that have it.
    words: BTreeMap<String, Vec<usize>>,
}

impl Knowledge {
    pub fn of(articles: Vec<Article>) -> Knowledge {
        let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate().filter(|(_, it)| !it.retired) {
            let text = format!("{}\n{}", article.question, article.answer);
            for word in telling(&text) {
                words.entry(word).or_default().push(at);
            }
        }
        Knowledge { articles, words }
    }

    pub fn get(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }

    /// The articles that have a word; of a single character those that have it in a pair.
    fn having(&self, word: &str) -> BTreeSet<usize> {
        if let Some(having) = self.words.get(word) {
            return having.iter().copied().collect();
        }
        if word.chars().count() > 1 {
            return BTreeSet::new();
        }
        let within = self.words.iter().filter(|(pair, _)| pair.contains(word));
        within.flat_map(|(_, having)| having).copied().collect()
    }

    /// The articles that share words with a question, the most telling first: a word
    /// counts the more the fewer articles have it. None where no word is shared.
    pub fn like(&self, question: &str, limit: usize) -> Vec<&Article> {
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        let all = self.articles.len() as f64;
        for word in telling(question) {
            let having = self.having(&word);
            let weight = (1.0 + all / (having.len() as f64).max(1.0)).ln();
            for at in having {
                *scores.entry(at).or_default() += weight;
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        // Of two that are alike the older one comes first.
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let ranked = ranked.into_iter().take(limit);
        ranked.filter_map(|(at, _)| self.articles.get(at)).collect()
    }
}

/// Pairs of Chinese characters and words of other scripts: a single character tells
/// nothing, unless it is all there is.
fn telling(text: &str) -> BTreeSet<String> {
    let tokens = of_text(text);
    let pairs: BTreeSet<String> = tokens
        .iter()
        .filter(|token| token.in_sequence)
        .map(|token| token.text.clone())
        .collect();
    match pairs.is_empty() {
        true => tokens.into_iter().map(|token| token.text).collect(),
        false => pairs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, question: &str, retired: bool) -> Article {
        Article {
            id: id.into(),
            question: question.into(),
            answer: "请看法律规定".into(),
            law: None,
            retired,
            revision: 1,
            written: None,
        }
    }

    fn found(knowledge: &Knowledge, question: &str) -> Vec<String> {
        let found = knowledge.like(question, 3).into_iter();
        found.map(|it| it.id.clone()).collect()
    }

    #[test]
    fn the_nearest_question_is_found_first_and_a_stranger_not_at_all() {
        let knowledge = Knowledge::of(vec![
            article("return", "网购商品七日内可以无理由退货吗", false),
            article("prepaid", "预付卡余额可以退吗", false),
            article("old", "预付卡余额怎么退", true),
            article("food", "买到过期食品怎么赔偿", false),
        ]);
        assert_eq!(found(&knowledge, "退"), ["return", "prepaid"]);
        assert_eq!(
            found(&knowledge, "网购的衣服能不能无理由退货？")[0],
            "return"
        );
        assert_eq!(found(&knowledge, "健身房预付卡余额怎么退")[0], "prepaid");
        assert_eq!(found(&knowledge, "天气"), Vec::<String>::new());
        assert!(knowledge.get("old").unwrap().retired);
    }

    #[test]
    fn nothing_known_answers_nothing() {
        assert!(Knowledge::default().like("退货", 5).is_empty());
    }
}
