//! Officers and the posts they hold: a role in a unit, from a first day to a last.
//! A transfer ends one post and begins another; no post is ever written over.

mod post;
mod role;

pub use post::{NoPost, Post};
pub use role::OfficerRole;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::refusal::{Invalid, Refusal};
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;
use crate::rules::RuleBook;

/// The longest name, in characters.
const MAX_NAME: usize = 100;
const MAX_POSTS: usize = 200;

/// An officer with all posts she ever held, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// 1 to 64 characters of `a-z 0-9 - _ .`.
    id: String,
    name: String,
    posts: Vec<Post>,
}

/// A post that is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    pub unit: UnitId,
    pub role: OfficerRole,
    /// The first day in Shanghai.
    pub from: Date,
}

impl Officer {
    /// An officer without a post. Fails where the id is no key or the name no line.
    pub fn new(id: &str, name: &str) -> Result<Officer, Refusal> {
        validate::key("/id", id)?;
        let mut officer = Officer {
            id: id.to_owned(),
            name: String::new(),
            posts: Vec::new(),
        };
        officer.rename(name)?;
        Ok(officer)
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// What she did keeps the name she did it under.
    pub fn rename(&mut self, name: &str) -> Result<(), Refusal> {
        validate::line("/name", name, MAX_NAME)?;
        name.clone_into(&mut self.name);
        Ok(())
    }

    /// Begins a post. Refused where the unit is unknown, the day too far off, or she
    /// already holds a post in that unit then: one role at a time in each.
    pub fn begin(&mut self, post: NewPost, today: Date, rules: &RuleBook) -> Result<(), Refusal> {
        if rules.units().get(&post.unit).is_none() {
            return Err(Refusal::invalid("/unit", Invalid::UnknownValue));
        }
        validate::day_about("/from", post.from, today)?;
        if self.posts.len() >= MAX_POSTS {
            return Err(Refusal::Full {
                what: "posts",
                limit: MAX_POSTS,
            });
        }
        let in_unit = self.posts.iter().find(|held| {
            held.unit == post.unit && held.until.is_none_or(|until| until >= post.from)
        });
        if let Some(held) = in_unit {
            return Err(Refusal::Repeated {
                what: "post",
                id: held.seq.to_string(),
            });
        }
        let seq = u32::try_from(self.posts.len()).unwrap_or(u32::MAX - 1) + 1;
        self.posts.push(Post::begun(seq, post));
        Ok(())
    }

    /// Ends a post with its last day. Refused where there is none of this number, it
    /// has an end already, or the day lies before its first.
    pub fn end(&mut self, seq: u32, until: Date, today: Date) -> Result<(), Refusal> {
        let found = self.posts.iter_mut().find(|post| post.seq == seq);
        let post = found.ok_or(Refusal::Unknown {
            what: "post",
            id: seq.to_string(),
        })?;
        if post.until.is_some() {
            return Err(Refusal::NotOpen {
                what: "post",
                id: seq.to_string(),
            });
        }
        if until < post.from {
            let earliest = post.from.to_string();
            return Err(Refusal::invalid("/until", Invalid::TooEarly { earliest }));
        }
        validate::day_about("/until", until, today)?;
        post.until = Some(until);
        Ok(())
    }

    /// The post in which she acts on a day: the one in the unit she names, or the only
    /// one where she names none.
    pub fn acting(&self, day: Date, unit: Option<&UnitId>) -> Result<&Post, NoPost> {
        let held: Vec<&Post> = self.posts.iter().filter(|it| it.is_held(day)).collect();
        match (held.as_slice(), unit) {
            ([], _) => Err(NoPost::None),
            (held, Some(unit)) => {
                let named = held.iter().find(|post| post.unit == *unit);
                named.copied().ok_or(NoPost::NotInUnit)
            }
            ([only], None) => Ok(only),
            (several, None) => Err(NoPost::Several(
                several.iter().map(|post| post.unit.clone()).collect(),
            )),
        }
    }
}

#[cfg(test)]
mod tests;
