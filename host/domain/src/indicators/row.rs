//! A row as a table has it: values by the names of their columns.

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(u64),
}

impl Cell {
    /// Whether a table shows just this word.
    pub(super) fn is(&self, word: &str) -> bool {
        match self {
            Cell::Empty => false,
            Cell::Text(text) => text == word,
            Cell::Number(number) => number.to_string() == word,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Cell::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// The values of one file.
#[derive(Debug)]
pub struct Row {
    pub(super) columns: &'static [&'static str],
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// What stands in a column; one that the table has not is empty, as what never happens.
    pub(super) fn cell(&self, column: &str) -> &Cell {
        let at = self.columns.iter().position(|it| *it == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or(&Cell::Empty)
    }
}
