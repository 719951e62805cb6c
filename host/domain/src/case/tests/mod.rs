//! Given events, when command, then events.

mod escalation;
mod events;
mod filing;
mod negotiation;
mod outcome;
mod plugins;
mod properties;
mod scene;
