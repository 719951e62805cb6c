//! The stage of the tests: a report of expired food, and time that is set by hand.

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::case::document::Content;
use crate::case::{Actor, Command, Context, Recorded, Refusal};
use crate::file::{File, decide_all};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::officers::OfficerRole;
use crate::report::{Report, ReportFiling, Reporter, receive};
use crate::rules::RuleBook;

pub(super) const TOKEN: &str = "5f0c";

pub(super) struct Scene {
    pub rules: RuleBook,
    pub now: Timestamp,
    pub ledger: Vec<Recorded>,
    pub report: Report,
}

pub(super) fn reporter() -> Actor {
    Actor::Reporter {
        token: Some(TOKEN.to_owned()),
    }
}

pub(super) fn named() -> Reporter {
    Reporter::Named {
        token: TOKEN.to_owned(),
    }
}

pub(super) fn officer(id: &str, unit: &str) -> Actor {
    Actor::Officer {
        id: id.into(),
        unit: unit.into(),
        name: "周".into(),
        role: OfficerRole::Head,
    }
}

/// Of the unit that verifies.
pub(super) fn handler() -> Actor {
    officer("o-1", "420106")
}

/// Of the same unit, who approves.
pub(super) fn head() -> Actor {
    officer("o-2", "420106")
}

pub(super) fn filing_with(change: impl FnOnce(&mut Value)) -> ReportFiling {
    let mut filing = json!({
        "reported": {"name": "江汉百货", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}},
        "act_place": "420106",
        "category": "food", "breach": "food-safety",
        "lead": "五月十七日货架上有过期三个月的奶粉在售，有照片和小票。"
    });
    change(&mut filing);
    serde_json::from_value(filing).unwrap()
}

pub(super) fn filing() -> ReportFiling {
    filing_with(|_| {})
}

pub(super) fn number(entropy: u64) -> CaseNumber {
    CaseNumber::compose(jiff::civil::date(2026, 5, 18), entropy)
}

pub(super) fn issue(form: &str) -> Command {
    Command::IssueDocument {
        form: form.into(),
        number: "鄂武昌市监举告〔2026〕1号".into(),
        content: Content {
            values: Digest::of(b"values"),
            pdf: Digest::of(b"pdf"),
            size: 3,
        },
    }
}

impl Scene {
    /// Received on Monday 2026-05-18, nine in the morning in Wuhan.
    pub fn received() -> Scene {
        Scene::of(named(), &reporter(), filing()).unwrap()
    }

    pub fn of(reporter: Reporter, by: &Actor, filing: ReportFiling) -> Result<Scene, Refusal> {
        Scene::at("2026-05-18T01:00:00Z", reporter, by, filing)
    }

    pub fn at(
        now: &str,
        reporter: Reporter,
        by: &Actor,
        filing: ReportFiling,
    ) -> Result<Scene, Refusal> {
        let rules = RuleBook::builtin().unwrap();
        let now: Timestamp = now.parse().unwrap();
        let command = Command::Report {
            number: number(7),
            reporter,
            filing: Box::new(filing),
        };
        let context = Context {
            now,
            actor: by,
            rules: &rules,
        };
        let events = receive(command, &context)?;
        let ledger: Vec<Recorded> = events
            .into_iter()
            .map(|event| Recorded {
                at: now,
                by: by.clone(),
                event,
            })
            .collect();
        let report = Report::fold(ledger.clone()).unwrap();
        Ok(Scene {
            rules,
            now,
            ledger,
            report,
        })
    }

    pub fn days_later(mut self, days: i64) -> Scene {
        self.now = self.now.checked_add((24 * days).hours()).unwrap();
        self
    }

    pub fn does(&mut self, by: &Actor, command: Command) -> Result<(), Refusal> {
        let steps = [(by.clone(), command)];
        let (report, recorded) = decide_all(&self.report, steps, self.now, &self.rules)?;
        self.report = report;
        self.ledger.extend(recorded);
        assert_eq!(self.report, Report::fold(self.ledger.clone()).unwrap());
        Ok(())
    }

    pub fn verifies(&mut self, opens: bool) {
        let reason = "现场检查属实".to_owned();
        self.does(&handler(), Command::VerifyReport { opens, reason })
            .unwrap();
    }

    /// The running period's last day.
    pub fn ends_on(&self, period: &str) -> Option<jiff::civil::Date> {
        let mut clocks = self.report.clocks.iter();
        let clock = clocks.rfind(|clock| clock.period == period && clock.is_running())?;
        clock.reading.ends_on()
    }

    pub fn clock(&self, period: &str) -> u32 {
        let mut clocks = self.report.clocks.iter();
        clocks.rfind(|clock| clock.period == period).unwrap().seq
    }
}
