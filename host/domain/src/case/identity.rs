//! Whose real identity was checked (Order 121 art. 10 to 12), person by person. A token
//! stands in the place of the number, which is kept nowhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::filing::Filing;
use super::representation::JointComplainant;
use super::state::Case;

/// Somebody on the complainants' side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "who", rename_all = "snake_case", deny_unknown_fields)]
pub enum Person {
    /// By the number within the case: 1 is the consumer of the filing.
    Complainant {
        person: u32,
    },
    Agent,
}

/// What an adapter said of a person, and what stays of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheck {
    pub of: Person,
    /// What the answer rests on.
    pub method: String,
    /// Stands for the person; absent where name and number are not one person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Whether the file has the name that was verified; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_name: Option<bool>,
}

/// The latest check of a person, and whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckedIdentity {
    #[serde(flatten)]
    pub check: IdentityCheck,
    pub by: Actor,
    pub at: Timestamp,
}

/// A person as the file names her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson<'a> {
    pub of: Person,
    pub name: &'a str,
    /// The account here, where there is one.
    pub account: Option<&'a str>,
}

impl Filing {
    /// All who complain, and their agent; `own` is the account of the first of them.
    pub fn persons<'a>(&'a self, own: Option<&'a str>) -> Vec<NamedPerson<'a>> {
        let given = self.representation.as_deref();
        let joint = given.and_then(|it| it.joint.as_ref());
        let others = joint.into_iter().flat_map(|it| &it.others).zip(2..);
        let mut persons = vec![NamedPerson {
            of: Person::Complainant { person: 1 },
            name: &self.consumer.name,
            account: own,
        }];
        persons.extend(others.map(other));
        persons.extend(
            given
                .and_then(|it| it.agent.as_ref())
                .map(|agent| NamedPerson {
                    of: Person::Agent,
                    name: &agent.name,
                    account: agent.account.as_deref(),
                }),
        );
        persons
    }

    /// The name of a person; `None` where the file has no such person.
    pub fn name_of(&self, of: Person) -> Option<&str> {
        let persons = self.persons(None).into_iter();
        let mut named = persons.filter(|it| it.of == of).map(|it| it.name);
        named.next()
    }
}

fn other((other, person): (&JointComplainant, u32)) -> NamedPerson<'_> {
    NamedPerson {
        of: Person::Complainant { person },
        name: &other.name,
        account: other.account.as_deref(),
    }
}

impl Case {
    /// The latest check of a person.
    pub fn identity(&self, of: Person) -> Option<&CheckedIdentity> {
        self.identities.iter().find(|it| it.check.of == of)
    }

    /// What stands for the consumer of the filing, where her identity was confirmed.
    pub fn identity_token(&self) -> Option<&str> {
        let hers = self.identity(Person::Complainant { person: 1 })?;
        hers.check.token.as_deref()
    }
}
