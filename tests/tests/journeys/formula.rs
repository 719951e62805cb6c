//! Figures by the formulas that are told, as anybody with an export computes them: nothing
//! here knows an indicator.

use crate::tables::Row;

/// A numerator and a denominator; of no cells, 0 and 0.
pub type Ratio = (u64, u64);

/// What a formula says of rows.
pub fn evaluated(formula: &str, rows: &[Row]) -> Ratio {
    let mut reader = Reader {
        words: words(formula),
        at: 0,
        rows,
    };
    let above = reader.sum();
    let ratio = match reader.takes("/") {
        true => (whole(above), whole(reader.sum())),
        false => above,
    };
    assert_eq!(reader.at, reader.words.len(), "{formula}");
    ratio
}

fn whole((number, by): Ratio) -> u64 {
    assert_eq!(by, 1, "a half within a ratio");
    number
}

/// Names, numbers and signs in turn.
fn words(formula: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut joined = false;
    for c in formula.chars() {
        let joins = c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(last) if joins && joined => last.push(c),
            Some(last) if matches!((last.as_str(), c), ("<", '>') | ("\"", '"')) => last.push(c),
            _ if c.is_whitespace() => {}
            _ => words.push(c.to_string()),
        }
        joined = joins;
    }
    words
}

/// Reads a formula from left to right.
struct Reader<'a> {
    words: Vec<String>,
    at: usize,
    rows: &'a [Row],
}

/// For each row, whether it is counted.
type Picked = Vec<bool>;

impl Reader<'_> {
    fn next(&mut self) -> String {
        self.at += 1;
        self.words[self.at - 1].clone()
    }

    fn takes(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at).is_some_and(|it| it == word);
        self.at += usize::from(found);
        found
    }

    fn must(&mut self, word: &str) {
        let next = self.next();
        assert_eq!(next, word);
    }

    fn sum(&mut self) -> Ratio {
        let first = self.product();
        if !self.takes("+") {
            return first;
        }
        let mut sum = whole(first) + whole(self.product());
        while self.takes("+") {
            sum += whole(self.product());
        }
        (sum, 1)
    }

    fn product(&mut self) -> Ratio {
        let first = self.one();
        match self.takes("*") {
            true => (whole(first) * whole(self.one()), 1),
            false => first,
        }
    }

    fn one(&mut self) -> Ratio {
        match self.next().as_str() {
            "(" => {
                let sum = self.sum();
                self.must(")");
                sum
            }
            "count" => {
                self.must("(");
                let picked = self.either();
                self.must(")");
                (picked.into_iter().filter(|it| *it).count() as u64, 1)
            }
            "sum" => (self.cells().into_iter().sum(), 1),
            "median" => median(self.cells()),
            number => (number.parse().unwrap(), 1),
        }
    }

    /// The numbers of the column in brackets.
    fn cells(&mut self) -> Vec<u64> {
        self.must("(");
        let column = self.next();
        self.must(")");
        let cells = self.rows.iter().map(|row| row[&column].as_str());
        let cells = cells.filter(|cell| !cell.is_empty());
        cells.map(|cell| cell.parse().unwrap()).collect()
    }

    fn either(&mut self) -> Picked {
        let mut picked = self.both();
        while self.takes("or") {
            let other = self.both();
            picked = picked.iter().zip(other).map(|(a, b)| *a || b).collect();
        }
        picked
    }

    fn both(&mut self) -> Picked {
        let mut picked = self.condition();
        while self.takes("and") {
            let other = self.condition();
            picked = picked.iter().zip(other).map(|(a, b)| *a && b).collect();
        }
        picked
    }

    fn condition(&mut self) -> Picked {
        if self.takes("(") {
            let picked = self.either();
            self.must(")");
            return picked;
        }
        let (column, sign, word) = (self.next(), self.next(), self.next());
        let rows = self.rows.iter().map(|row| row[&column].as_str());
        match (sign.as_str(), word.as_str()) {
            ("<>", "\"\"") => rows.map(|cell| !cell.is_empty()).collect(),
            ("=", word) => rows.map(|cell| cell == word).collect(),
            other => panic!("{other:?}"),
        }
    }
}

fn median(mut cells: Vec<u64>) -> Ratio {
    cells.sort_unstable();
    let middle = cells.len() / 2;
    match cells.len() {
        0 => (0, 0),
        odd if odd % 2 == 1 => (cells[middle], 1),
        _ => (cells[middle - 1] + cells[middle], 2),
    }
}

#[test]
fn a_formula_is_read_as_it_is_written() {
    let row = |word: &str, days: &str| {
        let cells = [("word", word), ("days", days)];
        Row::from(cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())))
    };
    let rows = [row("a", "3"), row("b", ""), row("", "4"), row("a", "10")];
    for (formula, ratio) in [
        ("count(word = a) / count(word <> \"\")", (2, 3)),
        (
            "count(word = a or word = b and days <> \"\") / count(days <> \"\")",
            (2, 3),
        ),
        (
            "count((word = a or word = b) and days <> \"\") / count(word = c)",
            (2, 0),
        ),
        (
            "(5 * count(word = a) + 4 * count(word = b)) / count(word <> \"\")",
            (14, 3),
        ),
        ("sum(days) / count(days <> \"\")", (17, 3)),
        ("median(days)", (4, 1)),
    ] {
        assert_eq!(evaluated(formula, &rows), ratio, "{formula}");
    }
    assert_eq!(evaluated("median(days)", &rows[..3]), (7, 2));
    assert_eq!(evaluated("median(days)", &rows[1..2]), (0, 0));
}
