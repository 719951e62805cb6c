//! How a complaint came in that was not negotiated here first: by which channel, and
//! who entered it (Order 121 art. 8).

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use crate::identifiers::phone::Phone;

/// The way a filing came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The consumer herself, here.
    #[default]
    Web,
    /// A call, entered by an officer.
    Hotline,
    /// At an authority's window, entered by an officer.
    Window,
    /// To an authority's postal address, entered by an officer.
    Letter,
    /// From a partner, such as a city's hotline, by its own system.
    Partner,
}

impl Channel {
    /// Whether the channel is this actor's to enter by.
    pub(crate) fn is_for(self, actor: &Actor) -> bool {
        match self {
            Channel::Web => matches!(actor, Actor::Consumer { .. } | Actor::Reporter { .. }),
            Channel::Hotline | Channel::Window | Channel::Letter => {
                matches!(actor, Actor::Officer { .. })
            }
            Channel::Partner => matches!(actor, Actor::Partner { .. }),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::Hotline => "hotline",
            Channel::Window => "window",
            Channel::Letter => "letter",
            Channel::Partner => "partner",
        }
    }
}

/// The unit that gets a complaint first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegisterAt {
    /// The one with handling power, as the law finds it.
    #[default]
    HandlingUnit,
    /// The unit of the officer who enters it; it dispatches the file.
    IntakeUnit,
}

/// What is said of a complaint's coming in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    pub channel: Channel,
    /// The number that called; of the hotline only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<Phone>,
    /// The partner's own reference; of a partner only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    pub register_at: RegisterAt,
}

/// A complaint's coming in, with whoever entered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    #[serde(flatten)]
    pub intake: Intake,
    pub by: Actor,
}
