//! What was measured, as a table and as JSON.

use std::fmt::Write;

use serde_json::json;

/// A figure; a target is the most (ratios of cost) or the least (gains) it may be.
pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    pub target: Option<Target>,
}

#[derive(Clone, Copy)]
pub enum Target {
    AtMost(f64),
    AtLeast(f64),
}

impl Figure {
    pub fn of(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        Figure {
            name: name.into(),
            value,
            unit,
            target: None,
        }
    }

    pub fn at_most(self, most: f64) -> Figure {
        Figure {
            target: Some(Target::AtMost(most)),
            ..self
        }
    }

    pub fn at_least(self, least: f64) -> Figure {
        Figure {
            target: Some(Target::AtLeast(least)),
            ..self
        }
    }

    fn met(&self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::AtMost(most) => self.value <= most,
            Target::AtLeast(least) => self.value >= least,
        })
    }
}

impl Target {
    fn text(self) -> String {
        match self {
            Target::AtMost(most) => format!("at most {most}"),
            Target::AtLeast(least) => format!("at least {least}"),
        }
    }
}

pub fn table(figures: &[Figure]) -> String {
    let mut table = String::new();
    for figure in figures {
        let target = figure.target.map_or_else(String::new, Target::text);
        let met = match figure.met() {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        // A String takes every line.
        let _ = writeln!(
            table,
            "{:<64} {:>12.3} {:<12} {:<14} {}",
            figure.name, figure.value, figure.unit, target, met
        );
    }
    table
}

pub fn json(figures: &[Figure]) -> Result<String, serde_json::Error> {
    let rows: Vec<_> = figures
        .iter()
        .map(|figure| {
            json!({"name": figure.name, "value": figure.value, "unit": figure.unit,
                   "target": figure.target.map(Target::text), "met": figure.met()})
        })
        .collect();
    serde_json::to_string_pretty(&rows)
}
