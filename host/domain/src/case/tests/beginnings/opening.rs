//! Who opens a file, and by what command.

use super::super::acts::acting_for_others;
use super::super::scene::consumer;
use super::steps::{by, sample};
use crate::case::actor::Actor;
use crate::case::command::Command;
use crate::case::intake::{Channel, Intake, RegisterAt};
use crate::law_table::samples::{filing, number, operator_elsewhere};

#[derive(Clone)]
pub(in crate::case::tests) enum Opening {
    Negotiated,
    /// And she wants the authority when time is up.
    Wished,
    /// With an operator of another province, and she may want the authority then.
    Elsewhere {
        wished: bool,
    },
    /// By three, of whom one is elected, with an agent.
    Together,
    Direct(Channel),
    /// Against a shop that has no account here.
    Outside,
    /// Entered at the city, which dispatches it.
    AtTheCity,
    Received,
    /// Of an operator who is in neither's place.
    ReceivedForOthers,
}

impl Opening {
    pub fn by(&self) -> Actor {
        match self {
            Opening::Negotiated | Opening::Wished | Opening::Together => consumer(),
            Opening::Elsewhere { .. } => consumer(),
            Opening::Direct(Channel::Web) | Opening::Outside => consumer(),
            Opening::Direct(Channel::Partner) => Actor::Partner {
                id: "hotline".into(),
                name: "12345热线".into(),
            },
            Opening::Direct(_) => by("420106"),
            Opening::AtTheCity => by("420100"),
            Opening::Received | Opening::ReceivedForOthers => external(),
        }
    }

    pub fn command(&self) -> Command {
        let mut filing = filing();
        match self {
            Opening::Wished => filing.escalate_on_expiry = true,
            Opening::Elsewhere { wished } => {
                filing.escalate_on_expiry = *wished;
                filing.respondent.operator = operator_elsewhere();
            }
            Opening::Outside => filing.respondent.organisation = None,
            Opening::Together => filing.representation = Some(Box::new(acting_for_others())),
            _ => {}
        }
        let filing = Box::new(filing);
        let direct = |channel, register_at, account: Option<&str>| Command::FileComplaint {
            number: number(7),
            filing: filing.clone(),
            intake: Intake {
                channel,
                caller: (channel == Channel::Hotline).then(|| "13800138000".parse().unwrap()),
                reference: (channel == Channel::Partner).then(|| "12345-1".into()),
                register_at,
            },
            consumer_id: account.map(str::to_owned),
            identities: Vec::new(),
        };
        match self {
            Opening::Negotiated
            | Opening::Wished
            | Opening::Elsewhere { .. }
            | Opening::Together => Command::File {
                number: number(7),
                filing,
                identities: Vec::new(),
            },
            Opening::Direct(channel) => direct(*channel, RegisterAt::HandlingUnit, None),
            Opening::Outside => direct(Channel::Web, RegisterAt::HandlingUnit, None),
            Opening::AtTheCity => direct(Channel::Hotline, RegisterAt::IntakeUnit, Some("c-1")),
            Opening::Received => sample("receive"),
            Opening::ReceivedForOthers => for_others(sample("receive")),
        }
    }
}

/// In the place of none of the authorities here.
pub(super) fn for_others(mut received: Command) -> Command {
    if let Command::Receive { filing, .. } = &mut received {
        filing.respondent.operator = operator_elsewhere();
    }
    received
}

pub(super) fn external() -> Actor {
    Actor::External {
        authority: "shanghai".into(),
        name: "上海市市场监督管理局".into(),
    }
}
