//! Names and words of a dossier, as its readers know them.

use hejie_documents::long_date;
use hejie_domain::case::actor::{Actor, PluginIdentity, Side};
use hejie_domain::case::entries::MessageBody;
use hejie_domain::case::representation::Mandate;
use hejie_domain::categories::Category;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::documents::prefill::{chinese, to_the_minute};

pub(super) struct Words<'a> {
    pub rules: &'a RuleBook,
}

impl Words<'_> {
    /// A unit that the rules do not know, such as another platform's, by its code.
    pub fn unit(&self, id: &UnitId) -> String {
        let known = self.rules.units().get(id);
        known.map_or_else(|| id.to_string(), |unit| unit.name.clone())
    }

    pub fn category(&self, id: &str) -> String {
        label(self.rules.categories().object(id), id)
    }

    pub fn problem(&self, id: &str) -> String {
        label(self.rules.categories().problem(id), id)
    }

    /// Whose act it is: a person by name and for whom, a program by what and which it is.
    pub fn actor(&self, actor: &Actor) -> String {
        let named = |name: &str, of: String| {
            chinese(&Text::new("dossier-named").arg("name", name).arg("of", of))
        };
        match actor {
            Actor::Agent { name, .. } | Actor::Mediator { name, .. } => {
                named(name, side(actor.side()))
            }
            Actor::Officer { name, unit, .. } => {
                let unit = unit.parse().map(|unit| self.unit(&unit));
                named(name, unit.unwrap_or_else(|_| side(Side::Officer)))
            }
            Actor::Partner { name, .. } | Actor::External { name, .. } => name.clone(),
            Actor::Plugin(plugin) => self.program(plugin),
            _ => side(actor.side()),
        }
    }

    /// A plugin, by its version and whose it is.
    pub fn program(&self, plugin: &PluginIdentity) -> String {
        let text = Text::new("dossier-program")
            .arg("name", plugin.id.as_str())
            .arg("version", plugin.version.as_str())
            .arg("of", plugin.organisation.as_str());
        chinese(&text)
    }

    /// How a run ended; where it did not with an answer, by its name.
    pub fn outcome(&self, name: &str) -> String {
        match name {
            "answered" => said("dossier-run-answered"),
            other => chinese(&Text::new("dossier-run-failed").arg("outcome", other)),
        }
    }

    pub fn mandate(&self, agent: &Mandate) -> String {
        let powers = agent.special_powers.iter();
        let powers: Vec<String> = powers.map(|it| word("dossier-power", it)).collect();
        let id = match powers.is_empty() {
            true => "dossier-mandate-ordinary",
            false => "dossier-mandate",
        };
        let text = Text::new(id)
            .arg("from", long_date(agent.from))
            .arg("until", long_date(agent.until))
            .arg("matters", agent.matters.as_str())
            .arg("powers", powers.join("、"));
        chinese(&text)
    }
}

fn label(category: Option<&Category>, id: &str) -> String {
    category.map_or_else(|| id.to_owned(), |it| it.name.zh.clone())
}

pub(super) fn side(side: Side) -> String {
    word("dossier-side", &side)
}

/// A word of the catalogue for a value that the ledger writes as a word.
pub(super) fn word(kind: &str, value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => said(&format!("{kind}-{word}")),
        _ => String::new(),
    }
}

pub(super) fn said(id: &str) -> String {
    chinese(&Text::new(id))
}

pub(super) fn minute(at: Timestamp) -> String {
    to_the_minute(at)
}

/// What a person wrote, or a program says in Chinese.
pub(super) fn body(body: &MessageBody) -> &str {
    match body {
        MessageBody::Said(text) => &text.zh,
        MessageBody::Written(text) => text,
    }
}
