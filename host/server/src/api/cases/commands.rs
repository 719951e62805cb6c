//! One route for each command of the parties and their mediators.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::complaint::EscalationRequest;
use hejie_domain::case::entries::MessageBody::Written;
use hejie_domain::case::filing::{Claim, EvidenceReference};
use hejie_domain::case::phase::Confirmation;
use hejie_domain::case::representation::{Consenting, Representation};
use hejie_domain::case::terms::Terms;
use hejie_domain::day::strict_date;
use hejie_domain::text::Bilingual;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::command::{Nothing, carry_out, command, readable};
use super::receipt::{Once, Receipt};
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(post_message))
        .routes(routes!(ask))
        .routes(routes!(answer_question))
        .routes(routes!(add_evidence))
        .routes(routes!(revise_claim))
        .routes(routes!(record_representation))
        .routes(routes!(record_consent))
        .routes(routes!(make_offer))
        .routes(routes!(accept_offer))
        .routes(routes!(decline_offer))
        .routes(routes!(withdraw_offer))
        .routes(routes!(request_person))
        .routes(routes!(take_over))
        .routes(routes!(request_mediation))
        .routes(routes!(add_note))
        .routes(routes!(record_performance))
        .routes(routes!(confirm))
        .routes(routes!(withdraw))
        .routes(routes!(settle_elsewhere))
        .routes(routes!(reopen))
        .routes(routes!(escalate))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Message {
    /// At most 4,000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    body: String,
}

command! {
    /// Posts a message.
    post "/cases/{number}/messages", post_message(value: Message) =>
        Command::PostMessage { body: Written(value.body) }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Question {
    /// A name for the answer: 1 to 64 characters of `a-z 0-9 - _ .`.
    #[schema(max_length = 64, pattern = "^[a-z0-9._-]+$")]
    key: String,
    prompt: Bilingual,
    /// A JSON Schema of type object; absent where evidence is asked for.
    #[schema(value_type = Option<Object>)]
    form: Option<Value>,
}

command! {
    /// Asks the consumer: by a form, or for evidence.
    post "/cases/{number}/questions", ask(value: Question) =>
        Command::Ask { key: value.key, prompt: value.prompt, form: value.form.map(|form| readable("/form", form)).transpose()? }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Answered {
    /// Valid under the question's form.
    #[schema(value_type = Object)]
    value: Value,
}

command! {
    /// Answers a question.
    post "/cases/{number}/questions/{seq}/answer" of seq, answer_question(value: Answered) =>
        Command::Answer { question: seq, value: readable("/value", value.value)? }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEvidence {
    /// The request it answers.
    question: Option<u32>,
    reference: EvidenceReference,
}

command! {
    /// Adds evidence by reference: its SHA-256, type and size.
    post "/cases/{number}/evidence", add_evidence(value: NewEvidence) =>
        Command::AddEvidence { question: value.question, reference: value.reference }
}

command! {
    /// Puts another claim in the place of the one before.
    put "/cases/{number}/claim", revise_claim(value: Claim) =>
        Command::ReviseClaim { claim: value }
}

command! {
    /// Says who acts for whom, in the place of what the file said before: papers that were
    /// missing, another power, an election (Order 121 art. 11 and 12).
    put "/cases/{number}/representation", record_representation(value: Representation) =>
        Command::RecordRepresentation { representation: Box::new(value) }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConsent {
    /// The complainant's number: 1 is the consumer of the filing, the others follow.
    person: u32,
    to: Consenting,
    /// Her written consent; needed of everybody but herself.
    evidence: Option<EvidenceReference>,
    /// Today where nothing is said.
    #[serde(default, with = "strict_date::option")]
    #[schema(value_type = Option<String>, format = Date)]
    given_on: Option<Date>,
}

command! {
    /// Records that a complainant agrees to what others do for her: to these very terms,
    /// this very claim, or to withdrawing (Order 121 art. 12).
    post "/cases/{number}/consents", record_consent(value: NewConsent) =>
        Command::RecordConsent {
            person: value.person,
            to: value.to,
            evidence: value.evidence,
            given_on: value.given_on,
        }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOffer {
    terms: Terms,
    /// The other side's offer that this one counters.
    in_reply_to: Option<u32>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
    note: Option<String>,
}

command! {
    /// Makes an offer or a counter-offer; it supersedes one's own open offer.
    post "/cases/{number}/offers", make_offer(value: NewOffer) =>
        Command::MakeOffer {
            terms: value.terms,
            in_reply_to: value.in_reply_to,
            expires_at: value.expires_at,
            note: value.note.map(Written),
        }
}

command! {
    /// Accepts an offer; once both sides have, its terms are the settlement.
    post "/cases/{number}/offers/{seq}/acceptance" of seq, accept_offer(_value: Nothing) =>
        Command::AcceptOffer { offer: seq }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Declined {
    note: Option<String>,
}

command! {
    /// Declines an offer.
    post "/cases/{number}/offers/{seq}/refusal" of seq, decline_offer(value: Declined) =>
        Command::DeclineOffer { offer: seq, note: value.note.map(Written) }
}

command! {
    /// Withdraws one's own offer.
    post "/cases/{number}/offers/{seq}/withdrawal" of seq, withdraw_offer(_value: Nothing) =>
        Command::WithdrawOffer { offer: seq }
}

command! {
    /// Asks for a person; the plugin does nothing more.
    post "/cases/{number}/person", request_person(_value: Nothing) => Command::RequestPerson
}

command! {
    /// A person of the respondent takes the case over.
    post "/cases/{number}/takeover", take_over(_value: Nothing) => Command::TakeOver
}

command! {
    /// Asks for an association's conciliation; it is not its formal acceptance.
    post "/cases/{number}/mediation", request_mediation(_value: Nothing) =>
        Command::RequestMediation
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Note {
    body: String,
}

command! {
    /// Adds a note that only one's own side sees.
    post "/cases/{number}/notes", add_note(value: Note) => Command::AddNote { body: value.body }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Performance {
    #[schema(value_type = String, format = Date)]
    performed_on: Date,
    note: Option<String>,
}

command! {
    /// The respondent says that it performed; the consumer is asked to confirm.
    post "/cases/{number}/performance", record_performance(value: Performance) =>
        Command::RecordPerformance {
            performed_on: value.performed_on,
            note: value.note.map(Written),
        }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Outcome {
    /// `solved`, `partly` or `not_solved`; nobody can say `no_reply`.
    confirmation: Confirmation,
}

command! {
    /// The consumer says how it ended.
    post "/cases/{number}/confirmation", confirm(value: Outcome) =>
        Command::Confirm { confirmation: value.confirmation }
}

command! {
    /// The consumer withdraws her case.
    post "/cases/{number}/withdrawal", withdraw(_value: Nothing) => Command::Withdraw
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettledElsewhere {
    /// How, in her words.
    note: String,
}

command! {
    /// The consumer says that the two settled it between themselves: its mediation ends
    /// (Order 121 art. 23(1)).
    post "/cases/{number}/own-settlement", settle_elsewhere(value: SettledElsewhere) =>
        Command::SettleElsewhere { note: value.note }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reopening {
    reason: String,
}

command! {
    /// The consumer reopens her closed case within its window.
    post "/cases/{number}/reopening", reopen(value: Reopening) =>
        Command::Reopen { reason: value.reason }
}

command! {
    /// Hands the case with its whole dossier to the authority with handling power.
    post "/cases/{number}/escalation", escalate(value: EscalationRequest) =>
        Command::Escalate { request: value }
}
