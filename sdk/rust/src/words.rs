//! Short ways to write what plugins write often.

use crate::bindings::types::hejie::plugin::log as host_log;
pub use crate::bindings::types::hejie::plugin::log::Level;
use crate::values::{Remedy, RemedyKind, Terms, Text};

/// A text in both languages.
pub fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text {
        zh: zh.into(),
        en: en.into(),
    }
}

/// A refund of so many fen.
pub fn refund(fen: u64) -> Remedy {
    Remedy {
        kind: RemedyKind::Refund,
        amount: Some(fen),
    }
}

/// Compensation of so many fen.
pub fn compensation(fen: u64) -> Remedy {
    Remedy {
        kind: RemedyKind::Compensation,
        amount: Some(fen),
    }
}

/// A remedy that is not money.
pub fn remedy(kind: RemedyKind) -> Remedy {
    Remedy { kind, amount: None }
}

/// A line for the plugin's author; bounded by the host.
pub fn log(line: &str) {
    log_at(Level::Info, line);
}

/// A line of a level. Outside the sandbox it is written nowhere.
pub fn log_at(level: Level, line: &str) {
    if cfg!(all(target_arch = "wasm32", not(feature = "standalone"))) {
        host_log::write(level, line);
    }
}

impl Terms {
    /// Terms of these remedies, without date and conditions.
    pub fn of(remedies: impl IntoIterator<Item = Remedy>) -> Terms {
        Terms {
            remedies: remedies.into_iter().collect(),
            perform_by: None,
            conditions: Vec::new(),
        }
    }

    /// To be performed by a day.
    pub fn by(mut self, day: impl Into<String>) -> Terms {
        self.perform_by = Some(day.into());
        self
    }

    /// With something that must happen first.
    pub fn on_condition(mut self, condition: impl Into<String>) -> Terms {
        self.conditions.push(condition.into());
        self
    }

    /// The money in the terms, in fen.
    pub fn money(&self) -> u64 {
        self.remedies
            .iter()
            .filter_map(|remedy| remedy.amount)
            .sum()
    }
}
