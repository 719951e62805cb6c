//! The stage of the tests: a shop, a consumer, and time that is set by hand.

use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::calendar::YearCalendar;
use crate::case::command::Command;
use crate::case::entries::MessageBody;
use crate::case::filing::EvidenceReference;
use crate::case::representation::{JointComplaint, Mandate, Representation};
use crate::case::{
    Actor, Case, Context, Filing, Intake, PluginIdentity, PluginRole, Recorded, Refusal, file,
};
use crate::file::File;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::officers::OfficerRole;
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
    account("c-1")
}

/// Somebody of the consumer's side, by the account.
pub(super) fn account(id: &str) -> Actor {
    Actor::Consumer { id: id.to_owned() }
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

/// One who may do everything in her unit.
pub(super) fn officer_of(unit: &str) -> Actor {
    officer_as(unit, OfficerRole::Head)
}

pub(super) fn officer_as(unit: &str, role: OfficerRole) -> Actor {
    Actor::Officer {
        id: format!("o-{unit}"),
        unit: unit.into(),
        name: "周".into(),
        role,
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

/// Three neighbours, of whom the third has an account here too.
pub(super) fn neighbours(representatives: &[u32]) -> JointComplaint {
    serde_json::from_value(json!({
        "others": [
            {"name": "李芳", "phone": "13700137000", "address": "武汉市武昌区中北路3号"},
            {"name": "张强", "phone": "13600136000", "address": "武汉市武昌区中北路5号", "account": "c-3"}
        ],
        "agreed": true,
        "representatives": representatives,
        "election": reference()
    }))
    .unwrap()
}

/// An agent with the account `c-9`, from May to the end of June.
pub(super) fn mandate(special_powers: &[&str]) -> Mandate {
    serde_json::from_value(json!({
        "name": "赵明", "phone": "13900139000", "account": "c-9",
        "matters": "代为投诉、参加调解", "special_powers": special_powers,
        "from": "2026-05-01", "until": "2026-06-30", "signed_on": "2026-05-01",
        "power_of_attorney": reference(), "identity_proof": reference()
    }))
    .unwrap()
}

pub(super) fn represented(representation: Representation) -> Filing {
    Filing {
        representation: Some(Box::new(representation)),
        ..filing()
    }
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
        Scene::filed_by(consumer(), filing)
    }

    /// The same, filed by another account.
    pub fn filed_by(actor: Actor, filing: Filing) -> Result<Scene, Refusal> {
        let rules = RuleBook::builtin().unwrap();
        let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
        let number = CaseNumber::compose(crate::case::time::civil_date(now), 7);
        let command = Command::File {
            number,
            filing: Box::new(filing),
            identities: Vec::new(),
        };
        Scene::opened(rules, now, actor, command)
    }

    /// A complaint straight to the authority, at the same moment.
    pub fn direct(actor: Actor, intake: Intake) -> Result<Scene, Refusal> {
        Scene::direct_with(actor, intake, filing(), None)
    }

    pub fn direct_with(
        actor: Actor,
        intake: Intake,
        filing: Filing,
        consumer_id: Option<&str>,
    ) -> Result<Scene, Refusal> {
        let rules = RuleBook::builtin().unwrap();
        let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
        let number = CaseNumber::compose(crate::case::time::civil_date(now), 7);
        let command = Command::FileComplaint {
            number,
            filing: Box::new(filing),
            intake,
            consumer_id: consumer_id.map(str::to_owned),
            identities: Vec::new(),
        };
        Scene::opened(rules, now, actor, command)
    }

    fn opened(
        rules: RuleBook,
        now: Timestamp,
        actor: Actor,
        command: Command,
    ) -> Result<Scene, Refusal> {
        let context = Context {
            now,
            actor: &actor,
            rules: &rules,
        };
        let events = file(command, &context)?;
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

    /// A refusal that the head revokes: it is handled once more.
    pub fn goes_once_more(&mut self) {
        let refuse = Command::RefuseComplaint {
            ground: "no-power".into(),
            reason: "无权".into(),
        };
        self.does(&officer(), refuse).unwrap();
        let reason = "认定有误".to_owned();
        self.does(&officer(), Command::RevokeDecision { reason })
            .unwrap();
    }

    /// The calendar of the next year comes out.
    pub fn year_is_published(&mut self) {
        let year = YearCalendar {
            year: 2027,
            source: "test".into(),
            days_off: Vec::new(),
            make_up_days: Vec::new(),
        };
        self.rules = self.rules.with_year(year).unwrap();
    }

    pub fn days_later(mut self, days: i64) -> Scene {
        self.now = self.now.checked_add((days * 24).hours()).unwrap();
        self
    }
}
