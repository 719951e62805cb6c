//! What is looked for in the index, in the language of each store.

/// Phrases put together. None is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// These words, one after another.
    Phrase(Vec<String>),
    /// The same in the respondent's name.
    InName(Vec<String>),
    All(Vec<Expression>),
    Any(Vec<Expression>),
}

impl Expression {
    pub fn mark(mark: String) -> Expression {
        Expression::Phrase(vec![mark])
    }

    /// For FTS5's MATCH. Words hold letters, digits, `:` and `.` only, so none
    /// ends its quotes.
    pub fn for_sqlite(&self) -> String {
        match self {
            Expression::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Expression::InName(words) => format!("names : \"{}\"", words.join(" ")),
            Expression::All(parts) => joined(parts, " AND ", Expression::for_sqlite),
            Expression::Any(parts) => joined(parts, " OR ", Expression::for_sqlite),
        }
    }

    /// A `tsquery`.
    pub fn for_postgres(&self) -> String {
        let sequence = |words: &[String], weight: &str| {
            let words: Vec<String> = words
                .iter()
                .map(|word| format!("'{word}'{weight}"))
                .collect();
            format!("({})", words.join(" <-> "))
        };
        match self {
            Expression::Phrase(words) => sequence(words, ""),
            Expression::InName(words) => sequence(words, ":A"),
            Expression::All(parts) => joined(parts, " & ", Expression::for_postgres),
            Expression::Any(parts) => joined(parts, " | ", Expression::for_postgres),
        }
    }
}

fn joined(parts: &[Expression], word: &str, write: fn(&Expression) -> String) -> String {
    let parts: Vec<String> = parts.iter().map(write).collect();
    format!("({})", parts.join(word))
}
