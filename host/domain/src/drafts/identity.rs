//! Whose identity was confirmed while a filing was being entered: the number is asked for
//! once and goes into no draft.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Draft;
use crate::case::identity::Person;
use crate::case::{Actor, Refusal};

/// What stays of a number until the draft is filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftIdentity {
    pub of: Person,
    /// What the answer rests on.
    pub method: String,
    /// Stands for the person. For the service alone, as is the next.
    pub token: String,
    /// Stands for the name that was verified: what is filed may have another by then.
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

impl Draft {
    /// The name that the draft has of a person so far.
    pub fn name_of(&self, of: Person) -> Option<&str> {
        let filing = &self.content["filing"];
        let person = match of {
            Person::Complainant { person: 1 } => &filing["consumer"],
            Person::Complainant { person } => {
                let others = &filing["representation"]["joint"]["others"];
                others.get(usize::try_from(person.checked_sub(2)?).ok()?)?
            }
            Person::Agent => &filing["representation"]["agent"],
        };
        person.get("name").and_then(Value::as_str)
    }

    /// Keeps what was confirmed of a person, in the place of what was before.
    pub fn confirm(&mut self, identity: DraftIdentity, actor: &Actor) -> Result<(), Refusal> {
        self.held_by(actor)?;
        self.identities.retain(|it| it.of != identity.of);
        self.identities.push(identity);
        Ok(())
    }
}
