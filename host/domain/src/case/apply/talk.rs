//! Messages, questions, evidence, the claim and corrections, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::complaint::Corrected;
use crate::case::correction::Correction;
use crate::case::entries::{Evidence, Message, Question};
use crate::case::event::Event;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_talk(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::MessagePosted { seq, body } => {
                self.messages.push(Message {
                    seq: *seq,
                    by: by.clone(),
                    at,
                    body: body.clone(),
                });
            }
            Event::QuestionAsked {
                seq,
                key,
                prompt,
                form,
            } => self.questions.push(Question {
                seq: *seq,
                by: by.clone(),
                at,
                key: key.clone(),
                prompt: prompt.clone(),
                form: form.clone(),
                answer: None,
            }),
            Event::QuestionAnswered {
                question, value, ..
            } => {
                self.set_answer(*question, value.clone());
            }
            Event::EvidenceAdded {
                seq,
                question,
                reference,
                for_authority,
            } => {
                if let Some(question) = question {
                    self.set_answer(*question, serde_json::json!({ "evidence": seq }));
                }
                self.evidence.push(Evidence {
                    seq: *seq,
                    by: by.side(),
                    at,
                    question: *question,
                    for_authority: *for_authority,
                    reference: reference.clone(),
                });
            }
            Event::ClaimRevised { claim } => self.filing.claim = claim.clone(),
            Event::FilingCorrected { correction, reason } => {
                let before = self.correct(correction);
                if let Some(complaint) = &mut self.complaint {
                    complaint.corrected.push(Corrected {
                        at,
                        by: by.clone(),
                        reason: reason.clone(),
                        before,
                    });
                }
            }
            _ => {}
        }
    }

    /// What was checked under one name says nothing of another. What was replaced.
    fn correct(&mut self, correction: &Correction) -> Correction {
        let before = self.filing.clone();
        self.filing.correct(correction);
        let now = &self.filing;
        self.identities
            .retain(|it| now.name_of(it.check.of) == before.name_of(it.check.of));
        Correction::between(now, &before)
    }

    fn set_answer(&mut self, question: u32, value: serde_json::Value) {
        if let Some(question) = self.questions.iter_mut().find(|q| q.seq == question) {
            question.answer = Some(value);
        }
    }
}
