//! Given events, when command, then events.

mod authority;
mod escalation;
mod events;
mod filing;
mod negotiation;
mod outcome;
mod plugins;
mod properties;
mod scene;
