//! Given events, when command, then events.

mod acts;
mod authority;
mod direct;
mod dispatch;
mod documents;
mod escalation;
mod events;
mod facts;
mod filing;
mod grounds;
mod identities;
mod joint;
mod leads;
mod mediation;
mod negotiation;
mod outcome;
mod plugins;
mod properties;
mod representation;
mod roles;
mod scene;
mod supervision;
mod table;
mod transfer;
mod visits;
mod words;
