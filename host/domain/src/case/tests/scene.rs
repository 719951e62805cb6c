//! The stage of the tests: a shop, a consumer, and time that is set by hand.

use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::case::command::Command;
use crate::case::entries::MessageBody;
use crate::case::filing::EvidenceReference;
use crate::case::{
    Actor, Case, Context, Filing, PluginIdentity, PluginRole, Recorded, Refusal, file,
};
use crate::file::File;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::rules::RuleBook;
use crate::text::Bilingual;

#[derive(Clone)]
pub(super) struct Scene {
    pub rules: RuleBook,
    pub now: Timestamp,
    pub ledger: Vec<Recorded>,
    pub case: Case,
}

pub(super) fn consumer() -> Actor {
    Actor::Consumer {
        id: "c-1".to_owned(),
    }
}

pub(super) fn agent() -> Actor {
    Actor::Agent {
        id: "a-1".into(),
        organisation: "jianghan".into(),
        name: "陈".into(),
    }
}

/// Of the unit with handling power.
pub(super) fn officer() -> Actor {
    officer_of("420106")
}

pub(super) fn officer_of(unit: &str) -> Actor {
    Actor::Officer {
        id: "o-1".into(),
        unit: unit.into(),
        name: "周".into(),
    }
}

pub(super) fn plugin(role: PluginRole) -> Actor {
    let organisation = if role == PluginRole::Resolver {
        "jianghan"
    } else {
        "association"
    };
    Actor::Plugin(PluginIdentity {
        role,
        organisation: organisation.to_owned(),
        id: format!(
            "test.{}",
            serde_json::to_value(role).unwrap().as_str().unwrap()
        ),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"plugin"),
    })
}

pub(super) fn filing() -> Filing {
    serde_json::from_value(json!({
        "consumer": {"name": "王小明", "phone": "13800138000", "address": "武汉市武昌区中北路1号"},
        "respondent": {"organisation": "jianghan", "name": "江汉百货", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}},
        "category": "clothing", "problem": "quality",
        "claim": {"remedies": [{"kind": "refund", "amount_fen": 12900}], "reason": "衣服开线"},
        "statement": "五月十日在店里买的外套，穿了两天袖口开线。",
        "facts": {"channel": "online", "price_fen": 12900, "received_on": "2026-05-14"}
    }))
    .unwrap()
}

pub(super) fn reference() -> EvidenceReference {
    EvidenceReference {
        sha256: Digest::of(b"photo"),
        media_type: "image/jpeg".into(),
        size: 5,
        name: "照片".into(),
    }
}

pub(super) fn terms(fen: u64) -> crate::case::terms::Terms {
    serde_json::from_value(json!({"remedies": [{"kind": "refund", "amount_fen": fen}]})).unwrap()
}

pub(super) fn offer(fen: u64) -> Command {
    Command::MakeOffer {
        terms: terms(fen),
        in_reply_to: None,
        expires_at: None,
        note: None,
    }
}

pub(super) fn said(text: &str) -> MessageBody {
    MessageBody::Written(text.to_owned())
}

pub(super) fn words() -> Bilingual {
    Bilingual::new("理由", "a reason")
}

impl Scene {
    /// A case filed on Monday 2026-05-18, nine in the morning in Wuhan.
    pub fn filed() -> Scene {
        Scene::filed_with(filing()).unwrap()
    }

    pub fn filed_with(filing: Filing) -> Result<Scene, Refusal> {
        let rules = RuleBook::builtin().unwrap();
        let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
        let actor = consumer();
        let number = CaseNumber::compose(crate::case::time::civil_date(now), 7);
        let command = Command::File {
            number,
            filing: Box::new(filing),
        };
        let events = file(
            command,
            &Context {
                now,
                actor: &actor,
                rules: &rules,
            },
        )?;
        let ledger: Vec<Recorded> = events
            .into_iter()
            .map(|event| Recorded {
                at: now,
                by: actor.clone(),
                event,
            })
            .collect();
        let case = Case::fold(ledger.clone()).unwrap();
        Ok(Scene {
            rules,
            now,
            ledger,
            case,
        })
    }

    /// Does a command; the kinds of the events that followed.
    pub fn does(&mut self, actor: &Actor, command: Command) -> Result<Vec<&'static str>, Refusal> {
        let context = Context {
            now: self.now,
            actor,
            rules: &self.rules,
        };
        let events = self.case.decide(command, &context)?;
        let kinds = events.iter().map(|event| event.kind()).collect();
        for event in events {
            let recorded = Recorded {
                at: self.now,
                by: actor.clone(),
                event,
            };
            self.case.apply(&recorded).unwrap();
            self.ledger.push(recorded);
        }
        Ok(kinds)
    }

    /// The consumer hands the case to the authority.
    pub fn escalates(&mut self) {
        let request = Default::default();
        self.does(&consumer(), Command::Escalate { request })
            .unwrap();
    }

    pub fn days_later(mut self, days: i64) -> Scene {
        self.now = self.now.checked_add((days * 24).hours()).unwrap();
        self
    }
}
