//! Cutting text into what is indexed and what is looked for, alike wherever text is
//! searched.
//!
//! Chinese has no spaces: a run of its characters is indexed by every pair of
//! neighbours and by every single one, so a phrase of any length is found where it
//! stands, without a dictionary that would miss names. Other text is indexed by
//! words, in small letters; full-width letters and digits are as their usual ones.

use std::collections::BTreeSet;

/// Characters of a word that count; no word of the field is longer, and
/// PostgreSQL takes no lexeme of more than 2,046 bytes.
const WORD: usize = 64;

/// What is written without spaces between its words, or with them.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    Han(Vec<char>),
    Word(String),
}

/// Something indexed. Those in sequence follow one another as in the text; the
/// others are only known to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub in_sequence: bool,
}

/// All that is indexed of a text. After the pairs of a run come its single
/// characters, so that no phrase reaches from one run into the next.
pub fn of_text(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for run in runs(text) {
        match run {
            Run::Word(text) => tokens.push(Token {
                text,
                in_sequence: true,
            }),
            Run::Han(characters) => {
                tokens.extend(pairs(&characters).into_iter().map(|text| Token {
                    text,
                    in_sequence: true,
                }));
                let singles: BTreeSet<char> = characters.into_iter().collect();
                tokens.extend(singles.into_iter().map(|character| Token {
                    text: character.to_string(),
                    in_sequence: false,
                }));
            }
        }
    }
    tokens
}

/// The phrases that a text must have for this to be found in it: each a sequence.
pub fn phrases(sought: &str) -> Vec<Vec<String>> {
    let phrase = |run| match run {
        Run::Word(word) => vec![word],
        Run::Han(characters) if characters.len() == 1 => vec![characters[0].to_string()],
        Run::Han(characters) => pairs(&characters),
    };
    runs(sought).into_iter().map(phrase).collect()
}

fn pairs(characters: &[char]) -> Vec<String> {
    let pair = |pair: &[char]| pair.iter().collect();
    characters.windows(2).map(pair).collect()
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Option<Run> = None;
    for character in text.chars().map(usual_width).flat_map(char::to_lowercase) {
        open = match (open, kind(character)) {
            (Some(Run::Han(mut run)), Kind::Han) => {
                run.push(character);
                Some(Run::Han(run))
            }
            (Some(Run::Word(mut word)), Kind::Word) => {
                word.push(character);
                Some(Run::Word(word))
            }
            (closed, kind) => {
                runs.extend(closed);
                match kind {
                    Kind::Han => Some(Run::Han(vec![character])),
                    Kind::Word => Some(Run::Word(character.to_string())),
                    Kind::Between => None,
                }
            }
        };
    }
    runs.extend(open);
    runs.into_iter().map(short).collect()
}

fn short(run: Run) -> Run {
    match run {
        Run::Word(word) => Run::Word(word.chars().take(WORD).collect()),
        han => han,
    }
}

enum Kind {
    Han,
    Word,
    Between,
}

fn kind(character: char) -> Kind {
    // Marks that stand among the kana and name nothing by themselves are no word.
    if !character.is_alphanumeric() {
        Kind::Between
    } else if is_han(character) {
        Kind::Han
    } else {
        Kind::Word
    }
}

/// Chinese characters with 々 and 〇; kana and Hangul are written without spaces
/// too, or with spaces that say little.
fn is_han(character: char) -> bool {
    matches!(character,
        '々' | '〇'
        | '\u{3041}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Full-width forms of ASCII as ASCII.
fn usual_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        of_text(text).into_iter().map(|token| token.text).collect()
    }

    /// Whether the tokens of the text hold the phrase, as both stores look for it.
    fn has(text: &str, phrase: &[String]) -> bool {
        let tokens = texts(text);
        tokens.windows(phrase.len()).any(|window| window == phrase)
    }

    #[test]
    fn han_is_cut_into_pairs_and_singles_and_the_rest_into_words() {
        assert_eq!(
            texts("退货款，iPhone-15！"),
            ["退货", "货款", "款", "货", "退", "iphone", "15"]
        );
        assert_eq!(texts("ＡＢ１２ 退"), ["ab12", "退"]);
        assert_eq!(texts("，。 -"), Vec::<String>::new());
        assert_eq!(phrases("退"), [["退"]]);
        assert_eq!(phrases("退货款"), [["退货", "货款"]]);
        assert_eq!(
            phrases("HB-1外套"),
            [vec!["hb".to_owned()], vec!["1".into()], vec!["外套".into()]]
        );
    }

    #[test]
    fn a_phrase_does_not_reach_over_what_lies_between() {
        let phrase = &phrases("退货款")[0];
        assert!(has("要退货款", phrase));
        assert!(!has("退货，货款", phrase));
        assert!(!has("货款退货", phrase));
    }

    proptest! {
        #[test]
        fn what_is_cut_out_of_a_text_is_found_in_it(
            text in "[退货款项外套江汉百〇𠮷龥a-cA-CＡ1-2 ，。-]{1,40}",
            start in 0usize..40, length in 1usize..12,
        ) {
            let characters: Vec<char> = text.chars().collect();
            let start = start.min(characters.len() - 1);
            // Not out of the middle of a word.
            let word = |at: usize| characters.get(at)
                .is_some_and(|c| matches!(kind(usual_width(*c)), Kind::Word));
            let mut end = (start + length).min(characters.len());
            let mut start = start;
            while start > 0 && word(start) && word(start - 1) { start -= 1; }
            while end < characters.len() && word(end - 1) && word(end) { end += 1; }
            let cut: String = characters[start..end].iter().collect();
            for phrase in phrases(&cut) {
                prop_assert!(has(&text, &phrase), "{cut:?} in {text:?}");
            }
        }

        #[test]
        fn any_text_is_cut_without_harm(text in any::<String>()) {
            for token in texts(&text) {
                prop_assert!(!token.is_empty() && token.chars().all(char::is_alphanumeric));
                prop_assert!(token.chars().count() <= WORD);
            }
        }
    }
}
