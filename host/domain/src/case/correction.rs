//! What was taken down wrongly of the parties, put right: only what is given changes.

use serde::{Deserialize, Serialize};

use super::filing::{Consumer, Filing, Respondent};
use crate::identifiers::{credit_code::CreditCode, phone::Phone};
use crate::report::Reported;

/// Of the person who complains, and of the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer: Option<PersonCorrection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<OperatorCorrection>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonCorrection {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub phone: Option<Phone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// Whose name it is, not how it trades: a place that another authority has is handled by
/// sending the file on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OperatorCorrection {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub credit_code: Option<CreditCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Filing {
    /// What is corrected in the place of what was filed.
    pub(crate) fn correct(&mut self, correction: &Correction) {
        if let Some(consumer) = &correction.consumer {
            consumer.correct(&mut self.consumer);
        }
        if let Some(respondent) = &correction.respondent {
            respondent.correct(&mut self.respondent);
        }
    }
}

impl Correction {
    /// What stands in a filing where this is to stand.
    pub(crate) fn replaced(&self, filing: &Filing) -> Correction {
        let (consumer, respondent) = (self.consumer.as_ref(), self.respondent.as_ref());
        Correction {
            consumer: consumer.map(|it| it.replaced(&filing.consumer)),
            respondent: respondent.map(|it| it.replaced(&filing.respondent)),
        }
    }
}

impl PersonCorrection {
    fn correct(&self, consumer: &mut Consumer) {
        replace(&mut consumer.name, &self.name);
        replace(&mut consumer.phone, &self.phone);
        add(&mut consumer.address, &self.address);
    }

    fn replaced(&self, consumer: &Consumer) -> PersonCorrection {
        PersonCorrection {
            name: self.name.as_ref().map(|_| consumer.name.clone()),
            phone: self.phone.as_ref().map(|_| consumer.phone.clone()),
            address: self.address.as_ref().and(consumer.address.clone()),
        }
    }
}

impl OperatorCorrection {
    fn correct(&self, respondent: &mut Respondent) {
        replace(&mut respondent.name, &self.name);
        add(&mut respondent.credit_code, &self.credit_code);
        add(&mut respondent.address, &self.address);
    }

    fn replaced(&self, respondent: &Respondent) -> OperatorCorrection {
        OperatorCorrection {
            name: self.name.as_ref().map(|_| respondent.name.clone()),
            credit_code: self
                .credit_code
                .as_ref()
                .and(respondent.credit_code.clone()),
            address: self.address.as_ref().and(respondent.address.clone()),
        }
    }

    pub(crate) fn correct_reported(&self, reported: &mut Reported) {
        replace(&mut reported.name, &self.name);
        add(&mut reported.credit_code, &self.credit_code);
        add(&mut reported.address, &self.address);
    }
}

fn replace<T: Clone>(value: &mut T, by: &Option<T>) {
    if let Some(by) = by {
        value.clone_from(by);
    }
}

fn add<T: Clone>(value: &mut Option<T>, by: &Option<T>) {
    if by.is_some() {
        value.clone_from(by);
    }
}
