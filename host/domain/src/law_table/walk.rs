//! A walk through a file's life: at every step everybody tries what was chosen, whoever may
//! is held against the table, and one of them does it.

use std::collections::BTreeSet;
use std::fmt::Debug;

use jiff::{Timestamp, ToSpan};
use proptest::sample::Index;

use super::acts::amended;
pub(crate) use super::steps::{
    Step, chances, issue, officer, officers, role_of, supervised, urged, urges,
};
use super::{Act, Row, Seen, Table, ground_of};
use crate::case::actor::Side;
use crate::case::clocks::CaseClock;
use crate::case::document::forms;
use crate::case::handled::Handled;
use crate::case::moves::last_dispatch;
use crate::case::{Actor, Command, Context, Event, Recorded, Refusal};
use crate::file::File;
use crate::officers::OfficerRole;
use crate::rules::RuleBook;

/// A kind of file that has a table.
pub(crate) trait Tabled: File + PartialEq + Debug {
    /// All that an actor is to a file that is not there yet.
    fn opener(actor: &Actor) -> Vec<&'static str>;

    /// All that an actor is to the file.
    fn whos(&self, actor: &Actor, rules: &RuleBook) -> Vec<&'static str>;

    fn all_clocks(&self) -> &[CaseClock] {
        &[]
    }

    /// The version of the law by which it is handled.
    fn version_of_law(&self) -> &str {
        ""
    }

    fn ground(&self, command: &Command, events: &[Event]) -> Option<String> {
        ground_of(command, events, self.all_clocks())
    }

    /// What may be worth trying.
    fn wishes(&self, now: Timestamp) -> Vec<Command>;

    /// The forms of its documents in the wording of its version.
    fn wordings(&self, _rules: &RuleBook) -> Vec<&'static str> {
        Vec::new()
    }

    /// The unit whose document it would be.
    fn issuing_unit(&self, _form: &str) -> Option<String> {
        None
    }

    /// Whoever the documents by name are for has one.
    fn has_name(&self) -> bool {
        true
    }

    /// What holds of every file of the kind.
    fn check(&self, _ledger: &[Recorded]) {}
}

/// What the walks through files of a kind have in common.
pub(crate) struct Setting<'t> {
    pub table: &'t Table,
    pub everybody: Vec<Actor>,
}

/// One who may do it, and what came of it.
#[derive(Clone)]
struct Done<F> {
    actor: Actor,
    events: Vec<Event>,
    after: F,
    documents: BTreeSet<String>,
}

pub(crate) struct Walk<'t, F> {
    setting: &'t Setting<'t>,
    pub rules: &'static RuleBook,
    pub now: Timestamp,
    pub file: F,
    ledger: Vec<Recorded>,
    /// The documents that tell of something that was done.
    told: BTreeSet<String>,
}

fn record(now: Timestamp, by: &Actor, events: Vec<Event>) -> Vec<Recorded> {
    let recorded = events.into_iter().map(|event| Recorded {
        at: now,
        by: by.clone(),
        event,
    });
    recorded.collect()
}

impl<'t, F: Tabled> Walk<'t, F> {
    /// Opens a file that no table has yet.
    pub fn before(
        setting: &'t Setting<'t>,
        rules: &'static RuleBook,
        now: Timestamp,
        by: &Actor,
        events: Vec<Event>,
    ) -> Walk<'t, F> {
        let ledger = record(now, by, events);
        Walk {
            setting,
            rules,
            now,
            file: F::fold(ledger.clone()).unwrap(),
            ledger,
            told: BTreeSet::new(),
        }
    }

    /// Everybody tries to open a file; it is of the one who is named.
    pub fn opened(
        setting: &'t Setting<'t>,
        seen: &mut Seen,
        (rules, now): (&'static RuleBook, Timestamp),
        (by, command): (&Actor, &Command),
        open: impl Fn(Command, &Context) -> Result<Vec<Event>, Refusal>,
    ) -> Walk<'t, F> {
        let mut walk = None;
        for actor in &setting.everybody {
            let context = Context { now, actor, rules };
            let Ok(events) = open(command.clone(), &context) else {
                continue;
            };
            let mut opened: Walk<F> = Walk::before(setting, rules, now, actor, events.clone());
            let act = Act {
                action: command.name(),
                whos: &F::opener(actor),
                role: role_of(actor),
                from: None,
                to: opened.file.phase_name(),
                ground: opened.file.ground(command, &events),
                version: opened.file.version_of_law(),
            };
            let rows = seen.hold(setting.table, &act, &events, opened.file.all_clocks());
            opened.told = opened.check_issued(seen, &rows, &opened.file);
            opened.check_untold();
            if actor == by {
                walk = Some(opened);
            }
        }
        walk.unwrap_or_else(|| panic!("{by:?} does not open it: {command:?}"))
    }

    pub fn go(mut self, steps: Vec<Step>, seen: &mut Seen) -> Walk<'t, F> {
        for step in steps {
            self.step(step, seen);
            self.file.check(&self.ledger);
        }
        assert_eq!(self.file, F::fold(self.ledger.clone()).unwrap());
        self
    }

    fn step(&mut self, step: Step, seen: &mut Seen) {
        match step {
            Step::Before(actor, command) => {
                let events = self.decide(&actor, &command);
                self.apply(&actor, events.unwrap());
            }
            Step::By(actor, command) => self.done_by(&actor, &command, seen),
            Step::After(hours) => self.pass(hours),
            Step::Wait => self.wait(seen),
            Step::Everything => {
                for command in self.file.wishes(self.now) {
                    self.attempts(&command, seen);
                }
            }
            Step::Calendar => self.rules = amended(),
            Step::Chance(hours, picks, one) => {
                self.pass(hours);
                self.chance(&picks, one, seen);
            }
        }
    }

    fn pass(&mut self, hours: i64) {
        self.now = self.now.checked_add(hours.hours()).unwrap();
    }

    fn wait(&mut self, seen: &mut Seen) {
        if let Some(at) = self.file.next_deadline() {
            self.now = self.now.max(at);
        }
        if let Some(command) = self.file.due(self.now) {
            self.done_by(&Actor::Platform, &command, seen);
        }
    }

    fn done_by(&mut self, actor: &Actor, command: &Command, seen: &mut Seen) {
        let done = self.attempts(command, seen);
        let its = done.into_iter().find(|it| it.actor == *actor);
        let its = its.unwrap_or_else(|| {
            let why = self.decide(actor, command);
            panic!(
                "{actor:?} does not: {command:?}: {why:?} in {:?}",
                self.file
            )
        });
        self.take(its);
    }

    fn chance(&mut self, picks: &[Index], one: Index, seen: &mut Seen) {
        let wishes = self.file.wishes(self.now);
        let names: BTreeSet<&str> = wishes.iter().map(Command::name).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let mut done = Vec::new();
        for pick in picks {
            let name = *pick.get(&names);
            let kind: Vec<_> = wishes.iter().filter(|it| it.name() == name).collect();
            let mut may: Vec<_> = kind.iter().flat_map(|it| self.attempts(it, seen)).collect();
            if !may.is_empty() {
                done.push(may.swap_remove(one.index(may.len())));
            }
        }
        if !done.is_empty() {
            let next = done.swap_remove(one.index(done.len()));
            self.take(next);
        }
    }

    fn decide(&self, actor: &Actor, command: &Command) -> Result<Vec<Event>, Refusal> {
        let context = Context {
            now: self.now,
            actor,
            rules: self.rules,
        };
        self.file.decide(command.clone(), &context)
    }

    /// Everybody tries it: who may, and what comes of it.
    fn attempts(&self, command: &Command, seen: &mut Seen) -> Vec<Done<F>> {
        seen.tried(command.name());
        let (mut done, mut refused) = (Vec::new(), Vec::new());
        for actor in &self.setting.everybody {
            match self.decide(actor, command) {
                // Nothing happened.
                Ok(events) if events.is_empty() => {}
                Ok(events) => done.push(self.held(actor, command, events, seen)),
                Err(_) => refused.push(actor),
            }
        }
        if !done.is_empty() {
            for actor in refused {
                let whos = self.file.whos(actor, self.rules);
                let act = self.act(command.name(), &whos, role_of(actor));
                seen.refused(self.setting.table, &act);
            }
        }
        done
    }

    fn act<'a>(
        &'a self,
        action: &'a str,
        whos: &'a [&'static str],
        role: Option<&'static str>,
    ) -> Act<'a> {
        Act {
            action,
            whos,
            role,
            from: Some(self.file.phase_name()),
            to: self.file.phase_name(),
            ground: None,
            version: self.file.version_of_law(),
        }
    }

    fn held(
        &self,
        actor: &Actor,
        command: &Command,
        events: Vec<Event>,
        seen: &mut Seen,
    ) -> Done<F> {
        let mut after = self.file.clone();
        for recorded in record(self.now, actor, events.clone()) {
            after.apply(&recorded).unwrap();
        }
        let whos = self.file.whos(actor, self.rules);
        let act = Act {
            to: after.phase_name(),
            ground: self.file.ground(command, &events),
            version: after.version_of_law(),
            ..self.act(command.name(), &whos, role_of(actor))
        };
        let rows = seen.hold(self.setting.table, &act, &events, after.all_clocks());
        let mut documents = self.check_issued(seen, &rows, &after);
        if let Command::RecordWord { side, .. } = command {
            documents.extend(self.spoken(*side, &act, &events));
        }
        Done {
            actor: actor.clone(),
            events,
            after,
            documents,
        }
    }

    /// What was said elsewhere stands in a row of the party that said it.
    fn spoken(&self, side: Side, told: &Act, events: &[Event]) -> Vec<String> {
        let whos: &[&'static str] = match side {
            Side::Consumer => &["consumer"],
            _ => &["respondent"],
        };
        let action = told.ground.as_deref().unwrap().replace('_', "-");
        let act = Act {
            action: &action,
            whos,
            role: None,
            from: told.from,
            to: told.to,
            ground: ground_of(&Command::Withdraw, &events[1..], &[]),
            version: told.version,
        };
        let rows = self.setting.table.rows_of(&act);
        assert!(!rows.is_empty(), "no row has {act:?}");
        rows.into_iter()
            .flat_map(|(_, row)| row.documents.clone())
            .collect()
    }

    fn take(&mut self, done: Done<F>) {
        let Done {
            actor,
            events,
            after,
            documents,
        } = done;
        self.ledger.extend(record(self.now, &actor, events));
        self.file = after;
        self.told.extend(documents);
        self.check_untold();
    }

    fn apply(&mut self, actor: &Actor, events: Vec<Event>) {
        for recorded in record(self.now, actor, events) {
            self.file.apply(&recorded).unwrap();
            self.ledger.push(recorded);
        }
    }

    /// What rows say of documents is true of the file after the act; the documents.
    fn check_issued(&self, seen: &mut Seen, rows: &[&Row], after: &F) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        for row in rows {
            for document in &row.documents {
                self.check_document(seen, row, document, after);
                told.insert(document.clone());
            }
        }
        told
    }

    fn check_document(&self, seen: &mut Seen, row: &Row, document: &str, after: &F) {
        let mut wordings = after.wordings(self.rules).into_iter();
        // A version may have no such form.
        let Some(form) = wordings.find(|it| forms::purpose(it) == document) else {
            return;
        };
        let owed = after.has_name() || !self.setting.table.is_by_name(document);
        let issued = self.is_issued(after, form);
        let action = &row.action;
        assert_eq!(
            issued.is_ok(),
            owed,
            "{document} after {action}: {issued:?}"
        );
        if owed {
            seen.issued(self.setting.table, row, document);
        }
    }

    /// What nothing was done for is not issued.
    fn check_untold(&self) {
        for form in self.file.wordings(self.rules) {
            let purpose = forms::purpose(form);
            let told = self.told.contains(purpose);
            assert!(
                told || self.is_issued(&self.file, form).is_err(),
                "{form} tells of nothing"
            );
        }
    }

    /// By the unit whose document it is.
    fn is_issued(&self, file: &F, form: &str) -> Result<Vec<Event>, Refusal> {
        let unit = file.issuing_unit(form).unwrap();
        let context = Context {
            now: self.now,
            actor: &officer(&unit, OfficerRole::Handler),
            rules: self.rules,
        };
        file.decide(issue(form), &context)
    }
}

/// The unit that handles a file, and of the notice that it was sent down the one that did so.
pub(crate) fn issuer_of(file: &impl Handled, form: &str) -> Option<String> {
    let sent = match forms::purpose(form) {
        forms::DISPATCH_NOTICE => last_dispatch(file.moves()).map(|it| &it.from),
        _ => None,
    };
    sent.or(file.unit()).map(ToString::to_string)
}
