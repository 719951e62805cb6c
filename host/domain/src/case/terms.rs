//! Terms: what one side proposes, or what both agreed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::refusal::{Invalid, Refusal};
use super::validate;
use crate::day::strict_date;
use crate::money::Fen;
use crate::remedy::RemedyKind;

/// One remedy, with the money it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    pub kind: RemedyKind,
    /// In fen; needed for a refund and for compensation, absent otherwise.
    #[serde(
        rename = "amount_fen",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub amount: Option<Fen>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub remedies: Vec<Remedy>,
    /// The day by which the respondent performs.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "strict_date::option"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub perform_by: Option<Date>,
    /// What must happen first, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
}

/// Remedies a list may hold: there are eight kinds.
pub const MAX_REMEDIES: usize = 8;
const MAX_CONDITIONS: usize = 10;
const MAX_CONDITION_CHARS: usize = 300;

impl Terms {
    /// The money in the terms, all remedies together.
    pub fn money(&self) -> Fen {
        total(&self.remedies)
    }

    /// Checks terms proposed on `today`; `field` is where they stand in the input.
    pub(super) fn check(&self, field: &str, today: Date) -> Result<(), Refusal> {
        check_remedies(&self.remedies, &format!("{field}/remedies"))?;
        if let Some(day) = self.perform_by {
            let field = format!("{field}/perform_by");
            validate::day_ahead(&field, day, today)?;
        }
        validate::count(
            &format!("{field}/conditions"),
            self.conditions.len(),
            MAX_CONDITIONS,
        )?;
        for (index, condition) in self.conditions.iter().enumerate() {
            validate::line(
                &format!("{field}/conditions/{index}"),
                condition,
                MAX_CONDITION_CHARS,
            )?;
        }
        Ok(())
    }
}

/// The sum of the money in some remedies; the most there is where it is beyond that.
pub fn total(remedies: &[Remedy]) -> Fen {
    checked_total(remedies).unwrap_or(Fen::MAX)
}

fn checked_total(remedies: &[Remedy]) -> Option<Fen> {
    let mut amounts = remedies.iter().filter_map(|remedy| remedy.amount);
    amounts.try_fold(Fen::ZERO, Fen::checked_add)
}

/// A list of remedies: not empty, no kind twice, money exactly where a remedy is money.
pub(super) fn check_remedies(remedies: &[Remedy], field: &str) -> Result<(), Refusal> {
    if remedies.is_empty() {
        return Err(Refusal::invalid(field, Invalid::Missing));
    }
    validate::count(field, remedies.len(), MAX_REMEDIES)?;
    for (index, remedy) in remedies.iter().enumerate() {
        check_remedy(remedy, &format!("{field}/{index}"))?;
        if remedies[..index]
            .iter()
            .any(|other| other.kind == remedy.kind)
        {
            return Err(Refusal::invalid(
                &format!("{field}/{index}/kind"),
                Invalid::Repeated,
            ));
        }
    }
    match checked_total(remedies) {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid(
            field,
            Invalid::TooMuch { limit: Fen::MAX },
        )),
    }
}

fn check_remedy(remedy: &Remedy, field: &str) -> Result<(), Refusal> {
    let field = format!("{field}/amount_fen");
    match (is_money(remedy.kind), remedy.amount) {
        (true, None) => Err(Refusal::invalid(&field, Invalid::Missing)),
        (true, Some(amount)) if amount == Fen::ZERO => {
            Err(Refusal::invalid(&field, Invalid::NotPositive))
        }
        (false, Some(_)) => Err(Refusal::invalid(&field, Invalid::NotMoney)),
        _ => Ok(()),
    }
}

fn is_money(kind: RemedyKind) -> bool {
    matches!(kind, RemedyKind::Refund | RemedyKind::Compensation)
}
