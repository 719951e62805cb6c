//! Receiving a report: its content (Order 121 art. 28), its place, its clock.

use crate::case::clocks::periods;
use crate::case::decide::direct::check_channel;
use crate::case::decide::filing::check_evidence;
use crate::case::decide::{Decided, authority, clocks};
use crate::case::refusal::Invalid;
use crate::case::{Actor, Command, Context, Event, Refusal, validate};
use crate::jurisdiction::{self, JurisdictionError, Resolved};
use crate::report::filing::{ReportFiling, Reporter};
use crate::report::place;

const MAX_EVIDENCE: usize = 30;

/// Opens a report's file: the one command that needs none.
pub fn receive(command: Command, context: &Context) -> Decided {
    let Command::Report {
        number,
        reporter,
        filing,
    } = command
    else {
        return Err(Refusal::Unknown {
            what: "report",
            id: command.name().to_owned(),
        });
    };
    check_actor(&reporter, context)?;
    check(&filing, context)?;
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let found = competent(&reporter, &filing, context)?;
    let period = match reporter {
        _ if found.is_intake => periods::INTAKE_DISPATCH,
        Reporter::Authority { .. } => periods::LEAD_VERIFICATION,
        Reporter::Named { .. } | Reporter::Anonymous => periods::REPORT_VERIFICATION,
    };
    let mut events = vec![Event::ReportReceived {
        number,
        reporter,
        received_on: today,
        procedure: procedure.clone(),
        filing,
        jurisdiction: found.jurisdiction,
    }];
    events.extend(clocks::start(1, period, &procedure, context));
    Ok(events)
}

/// The authority that verifies: of the place, or the one that found it itself; what
/// happened in another province is for intake, which tells the reporter where to go
/// (art. 34).
fn competent(
    reporter: &Reporter,
    filing: &ReportFiling,
    context: &Context,
) -> Result<Resolved, Refusal> {
    let (today, rules) = (context.today(), context.rules);
    let found = match (reporter, authority::unit_of(context.actor)) {
        (Reporter::Authority { .. }, Some(own)) => place::of_finder(&own, today, rules),
        _ => place::resolve(filing, today, rules),
    };
    let mut found = jurisdiction::or_intake(found, today, rules).map_err(no_authority)?;
    if let Some(own) = authority::unit_of(context.actor) {
        jurisdiction::received_first(&mut found.jurisdiction, &own, rules);
    }
    Ok(found)
}

/// The reporter herself, or an officer or a partner who took down what she says.
fn check_actor(reporter: &Reporter, context: &Context) -> Result<(), Refusal> {
    let allowed = match (context.actor, reporter) {
        (Actor::Reporter { token: Some(own) }, Reporter::Named { token }) => own == token,
        (Actor::Reporter { token: None }, Reporter::Anonymous) => true,
        (Actor::Partner { .. }, Reporter::Named { .. } | Reporter::Anonymous) => true,
        (Actor::Officer { .. }, _) => {
            authority::of_role("report", context)?;
            true
        }
        _ => false,
    };
    allowed
        .then_some(())
        .ok_or(Refusal::NotAllowed { action: "report" })
}

fn no_authority(fault: JurisdictionError) -> Refusal {
    match fault {
        JurisdictionError::NoRules(day) => Refusal::NoRules {
            day: day.to_string(),
        },
        other => Refusal::invalid(
            "/reported/operator",
            Invalid::Explained { why: other.text() },
        ),
    }
}

fn check(filing: &ReportFiling, context: &Context) -> Result<(), Refusal> {
    filing
        .channel
        .map_or(Ok(()), |it| check_channel(it, context))?;
    let reported = &filing.reported;
    validate::line("/reported/name", &reported.name, 100)?;
    if let Some(address) = &reported.address {
        validate::line("/reported/address", address, 200)?;
    }
    let categories = context.rules.categories();
    if categories.object(&filing.category).is_none() {
        return Err(Refusal::invalid("/category", Invalid::UnknownValue));
    }
    if categories.breach(&filing.breach).is_none() {
        return Err(Refusal::invalid("/breach", Invalid::UnknownValue));
    }
    validate::prose("/lead", &filing.lead, 5_000)?;
    validate::count("/evidence", filing.evidence.len(), MAX_EVIDENCE)?;
    for (index, reference) in filing.evidence.iter().enumerate() {
        check_evidence(&format!("/evidence/{index}"), reference)?;
    }
    Ok(())
}
