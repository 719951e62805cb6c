//! What was taken down wrongly of the parties, put right: only what is given changes.

use serde::{Deserialize, Serialize};

use super::filing::{Consumer, Filing, Respondent};
use super::representation::JointComplainant;
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
    /// Of those who complain beside her.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<ComplainantCorrection>,
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

/// The same of one who complains beside the consumer of the filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ComplainantCorrection {
    /// Her number among those who complain: 2 or more.
    pub person: u32,
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
        for other in &correction.others {
            if let Some(complainant) = self.other_mut(other.person) {
                other.correct(complainant);
            }
        }
    }

    fn other_mut(&mut self, person: u32) -> Option<&mut JointComplainant> {
        let joint = self.representation.as_mut()?.joint.as_mut()?;
        joint.others.get_mut(place(person)?)
    }

    /// One who complains beside the consumer, by her number.
    pub(crate) fn other(&self, person: u32) -> Option<&JointComplainant> {
        let joint = self.representation.as_ref()?.joint.as_ref()?;
        joint.others.get(place(person)?)
    }
}

/// The first of the others is number 2.
fn place(person: u32) -> Option<usize> {
    usize::try_from(person.checked_sub(2)?).ok()
}

impl Correction {
    /// What makes the one say what the other does: of the parties what differs, as it is now.
    pub(crate) fn between(before: &Filing, now: &Filing) -> Correction {
        let others =
            (2..).map_while(|person| Some((person, before.other(person)?, now.other(person)?)));
        Correction {
            consumer: (before.consumer != now.consumer)
                .then(|| PersonCorrection::between(&before.consumer, &now.consumer)),
            respondent: (before.respondent != now.respondent)
                .then(|| OperatorCorrection::between(&before.respondent, &now.respondent)),
            others: others
                .filter(|(_, before, now)| before != now)
                .map(|(person, before, now)| ComplainantCorrection {
                    person,
                    name: changed(&before.name, &now.name),
                    phone: changed(&before.phone, &now.phone),
                    address: changed(&before.address, &now.address),
                })
                .collect(),
        }
    }

    /// Leaves what another correction is of as that made it.
    pub(crate) fn leave(&mut self, other: &Correction) {
        if let (Some(consumer), Some(other)) = (&mut self.consumer, &other.consumer) {
            leave(&mut consumer.name, &other.name);
            leave(&mut consumer.phone, &other.phone);
            leave(&mut consumer.address, &other.address);
        }
        if let (Some(respondent), Some(other)) = (&mut self.respondent, &other.respondent) {
            leave(&mut respondent.name, &other.name);
            leave(&mut respondent.credit_code, &other.credit_code);
            leave(&mut respondent.address, &other.address);
        }
        let touched = |person| other.others.iter().any(|it| it.person == person);
        self.others.retain(|it| !touched(it.person));
    }
}

impl PersonCorrection {
    fn between(before: &Consumer, now: &Consumer) -> PersonCorrection {
        PersonCorrection {
            name: changed(&before.name, &now.name),
            phone: changed(&before.phone, &now.phone),
            address: changed(&before.address, &now.address).flatten(),
        }
    }

    fn correct(&self, consumer: &mut Consumer) {
        replace(&mut consumer.name, &self.name);
        replace(&mut consumer.phone, &self.phone);
        add(&mut consumer.address, &self.address);
    }
}

impl ComplainantCorrection {
    fn correct(&self, complainant: &mut JointComplainant) {
        replace(&mut complainant.name, &self.name);
        replace(&mut complainant.phone, &self.phone);
        replace(&mut complainant.address, &self.address);
    }
}

impl OperatorCorrection {
    fn between(before: &Respondent, now: &Respondent) -> OperatorCorrection {
        OperatorCorrection {
            name: changed(&before.name, &now.name),
            credit_code: changed(&before.credit_code, &now.credit_code).flatten(),
            address: changed(&before.address, &now.address).flatten(),
        }
    }

    fn correct(&self, respondent: &mut Respondent) {
        replace(&mut respondent.name, &self.name);
        add(&mut respondent.credit_code, &self.credit_code);
        add(&mut respondent.address, &self.address);
    }

    pub(crate) fn correct_reported(&self, reported: &mut Reported) {
        replace(&mut reported.name, &self.name);
        add(&mut reported.credit_code, &self.credit_code);
        add(&mut reported.address, &self.address);
    }
}

fn leave<T>(value: &mut Option<T>, other: &Option<T>) {
    if other.is_some() {
        *value = None;
    }
}

fn changed<T: Clone + PartialEq>(before: &T, now: &T) -> Option<T> {
    (before != now).then(|| now.clone())
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
