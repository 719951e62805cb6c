//! Which authority handles a complaint (Order 121 art. 13-14; Order 20 art. 12-13),
//! with the steps that led there. Only a county-level bureau handles one; where the
//! place the law names first is none that is known here, the next that it names does.

mod candidates;
mod check;
mod fault;

pub use check::check;
pub use fault::JurisdictionError;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::divisions::{Division, Divisions, Level};
use crate::identifiers::division_code::DivisionCode;
use crate::identifiers::unit_id::UnitId;
use crate::rules::{Citation, Procedure, RuleBook};
use crate::text::Text;
use candidates::{Candidate, candidates};

/// How and where the respondent trades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operator {
    /// A shop, a restaurant, a workshop.
    Ordinary {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        place_of_business: Option<DivisionCode>,
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        domicile: DivisionCode,
    },
    /// An e-commerce platform itself.
    Platform {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        domicile: DivisionCode,
    },
    /// A seller on its own site or another network service.
    OwnSite {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        domicile: DivisionCode,
    },
    /// A seller on a platform (平台内经营者).
    InPlatformSeller {
        /// The address it publishes on the platform.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        published_address: Option<DivisionCode>,
        /// Whether it can be reached there.
        #[serde(default = "yes")]
        reachable_there: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        place_of_business: Option<DivisionCode>,
        /// The platform's name.
        platform: String,
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        platform_domicile: DivisionCode,
    },
}

fn yes() -> bool {
    true
}

impl Operator {
    /// Where it trades, as far as it is known: of a seller on a platform the address that it
    /// publishes. Which authority handles a complaint is decided apart from this.
    pub fn place(&self) -> &DivisionCode {
        match self {
            Operator::Ordinary {
                place_of_business,
                domicile,
            } => place_of_business.as_ref().unwrap_or(domicile),
            Operator::Platform { domicile } | Operator::OwnSite { domicile } => domicile,
            Operator::InPlatformSeller {
                published_address,
                place_of_business,
                platform_domicile,
                ..
            } => {
                let own = published_address.as_ref().or(place_of_business.as_ref());
                own.unwrap_or(platform_domicile)
            }
        }
    }
}

/// The authority found, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    /// The county-level division whose bureau handles the complaint.
    pub division: DivisionCode,
    pub division_name: String,
    /// Others that may handle it, if they received it first (Order 121 art. 14).
    pub alternatives: Vec<DivisionCode>,
    pub article: Citation,
    pub steps: Vec<Text>,
}

/// Finds the authority with handling power for a complaint received on a day.
pub fn resolve(
    operator: &Operator,
    received_on: Date,
    rules: &RuleBook,
) -> Result<Jurisdiction, JurisdictionError> {
    let procedure = rules
        .procedure_on(received_on)
        .ok_or(JurisdictionError::NoRules(received_on))?;
    let named: Vec<Place> = candidates(operator, procedure)
        .into_iter()
        .map(Place::from)
        .collect();
    let article = &procedure.handling_power;
    resolve_places(kind_step(operator), article, &named, procedure, rules)
}

/// A place that may have power, and the step that says why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    code: &'a DivisionCode,
    reason: &'static str,
    /// It counts only where no other place does: not an alternative to one.
    only_in_need: bool,
}

impl<'a> Place<'a> {
    pub(crate) fn new(code: &'a DivisionCode, reason: &'static str) -> Place<'a> {
        Place {
            code,
            reason,
            only_in_need: false,
        }
    }

    pub(crate) fn in_need(code: &'a DivisionCode, reason: &'static str) -> Place<'a> {
        Place {
            only_in_need: true,
            ..Place::new(code, reason)
        }
    }
}

impl<'a> From<Candidate<'a>> for Place<'a> {
    fn from(candidate: Candidate<'a>) -> Place<'a> {
        Place {
            code: candidate.code,
            reason: candidate.reason,
            only_in_need: candidate.only_in_need,
        }
    }
}

/// Finds the authority among places in the order of the law: `kind` is the step that
/// says which rule it is, `article` where that stands.
pub(crate) fn resolve_places(
    kind: &'static str,
    article: &str,
    named: &[Place],
    procedure: &Procedure,
    rules: &RuleBook,
) -> Result<Jurisdiction, JurisdictionError> {
    let divisions = rules.divisions();
    let (at, found) = first_county(named, divisions)?;
    let mut steps = vec![Text::new(kind)];
    for passed in &named[..at] {
        steps.push(left_out("jurisdiction-passed-over", passed.code, divisions));
    }
    steps.push(Text::new(named[at].reason));
    steps.push(found_step(found, article, divisions));
    let mut alternatives = Vec::new();
    for code in others(&named[at + 1..], &found.code) {
        match county(code, divisions) {
            Ok(other) => {
                steps.push(alternative_step(other, procedure, divisions));
                alternatives.push(other.code.clone());
            }
            Err(_) => steps.push(left_out("jurisdiction-left-out", code, divisions)),
        }
    }
    Ok(Jurisdiction {
        division: found.code.clone(),
        division_name: divisions.full_name(&found.code),
        alternatives,
        article: procedure.cite(article),
        steps,
    })
}

/// Of several authorities with handling power the one that received it first has it: `by` is
/// the unit that takes it down, a station for its authority.
pub fn received_first(found: &mut Jurisdiction, by: &UnitId, rules: &RuleBook) {
    let own = by.authority();
    let mut others = found.alternatives.iter();
    let Some(at) = others.position(|code| UnitId::of(code) == own) else {
        return;
    };
    std::mem::swap(&mut found.division, &mut found.alternatives[at]);
    found.division_name = rules.divisions().full_name(&found.division);
    let step = Text::new("jurisdiction-received-first").arg("division", &*found.division_name);
    found.steps.push(step);
}

/// The authority with handling power, or the province's own intake where the place that
/// the law names first is in another province.
pub fn resolve_or_intake(
    operator: &Operator,
    received_on: Date,
    rules: &RuleBook,
) -> Result<Resolved, JurisdictionError> {
    or_intake(resolve(operator, received_on, rules), received_on, rules)
}

/// An authority, and whether it is one that only sends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub jurisdiction: Jurisdiction,
    /// Intake has no handling power: what is there waits for dispatch.
    pub is_intake: bool,
}

/// What is found, or intake for what belongs to another province.
pub(crate) fn or_intake(
    found: Result<Jurisdiction, JurisdictionError>,
    received_on: Date,
    rules: &RuleBook,
) -> Result<Resolved, JurisdictionError> {
    let (jurisdiction, is_intake) = match found {
        Err(fault @ JurisdictionError::Elsewhere(_)) => {
            (at_intake(&fault, received_on, rules)?, true)
        }
        found => (found?, false),
    };
    Ok(Resolved {
        jurisdiction,
        is_intake,
    })
}

/// The province's own intake: what no county here is competent for is looked at there and
/// sent on (Order 121 art. 41, Order 20 art. 37).
pub fn at_intake(
    fault: &JurisdictionError,
    received_on: Date,
    rules: &RuleBook,
) -> Result<Jurisdiction, JurisdictionError> {
    let procedure = rules
        .procedure_on(received_on)
        .ok_or(JurisdictionError::NoRules(received_on))?;
    let divisions = rules.divisions();
    let province = divisions
        .all()
        .find(|division| division.level == Level::Province)
        .ok_or(JurisdictionError::NoPlace)?;
    Ok(Jurisdiction {
        division: province.code.clone(),
        division_name: divisions.full_name(&province.code),
        alternatives: Vec::new(),
        article: procedure.cite(&procedure.intake),
        steps: vec![fault.text(), Text::new("jurisdiction-at-intake")],
    })
}

/// The first named place that is a county known here; the fault of the very first
/// where none is.
fn first_county<'a>(
    named: &[Place],
    divisions: &'a Divisions,
) -> Result<(usize, &'a Division), JurisdictionError> {
    let mut first_fault = None;
    for (at, candidate) in named.iter().enumerate() {
        match county(candidate.code, divisions) {
            Ok(found) => return Ok((at, found)),
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
    }
    Err(first_fault.unwrap_or(JurisdictionError::NoPlace))
}

/// The division of a code, where it is one whose bureau handles complaints.
fn county<'a>(
    code: &DivisionCode,
    divisions: &'a Divisions,
) -> Result<&'a Division, JurisdictionError> {
    match divisions.get(code) {
        None if is_elsewhere(code, divisions) => Err(JurisdictionError::Elsewhere(code.clone())),
        None => Err(JurisdictionError::UnknownDivision(code.clone())),
        Some(found) if found.level == Level::County => Ok(found),
        Some(found) => Err(JurisdictionError::NotCounty {
            code: code.clone(),
            name: found.name.clone(),
        }),
    }
}

/// In a province that this tree of divisions has nothing of.
fn is_elsewhere(code: &DivisionCode, divisions: &Divisions) -> bool {
    code.is_of_a_province() && divisions.get(&code.province()).is_none()
}

/// The places besides the one found that have handling power too.
fn others<'a>(rest: &[Place<'a>], found: &DivisionCode) -> Vec<&'a DivisionCode> {
    let also = rest.iter().filter(|candidate| !candidate.only_in_need);
    let mut codes: Vec<&DivisionCode> = Vec::new();
    for candidate in also {
        if candidate.code != found && !codes.contains(&candidate.code) {
            codes.push(candidate.code);
        }
    }
    codes
}

fn found_step(found: &Division, article: &str, divisions: &Divisions) -> Text {
    let id = match article {
        "" => "jurisdiction-found-by-law",
        _ => "jurisdiction-found",
    };
    place(Text::new(id), &found.code, divisions).arg("article", article)
}

fn alternative_step(other: &Division, procedure: &Procedure, divisions: &Divisions) -> Text {
    place(
        Text::new("jurisdiction-alternative"),
        &other.code,
        divisions,
    )
    .arg("article", procedure.received_first.as_str())
}

/// That a place is not considered, since it is no county that is known here.
fn left_out(id: &str, code: &DivisionCode, divisions: &Divisions) -> Text {
    match divisions.get(code) {
        None => Text::new(format!("{id}-unknown")).arg("code", code.as_str()),
        Some(_) => place(Text::new(format!("{id}-not-county")), code, divisions),
    }
}

fn place(text: Text, code: &DivisionCode, divisions: &Divisions) -> Text {
    text.arg("division", divisions.full_name(code))
        .arg("code", code.as_str())
}

fn kind_step(operator: &Operator) -> &'static str {
    match operator {
        Operator::Ordinary { .. } => "jurisdiction-ordinary",
        Operator::Platform { .. } => "jurisdiction-platform",
        Operator::OwnSite { .. } => "jurisdiction-own-site",
        Operator::InPlatformSeller { .. } => "jurisdiction-in-platform-seller",
    }
}

#[cfg(test)]
mod tests;
