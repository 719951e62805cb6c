//! Folding events into an inquiry.

use super::state::{Answer, Inquiry, InquiryClosing, InquiryPhase};
use crate::case::apply::{clocks, extensions, joint, moves, supervision};
use crate::case::{Event, FoldError, Recorded};

impl Inquiry {
    pub(super) fn received(first: &Recorded) -> Result<Inquiry, FoldError> {
        let Event::InquiryReceived {
            number,
            asker,
            received_on,
            procedure,
            filing,
            unit,
        } = &first.event
        else {
            return Err(FoldError::NotFiled);
        };
        Ok(Inquiry {
            number: number.clone(),
            version: 1,
            asker: asker.clone(),
            received_on: *received_on,
            received_at: first.at,
            procedure: procedure.clone(),
            phase: InquiryPhase::Asked,
            filing: filing.clone(),
            unit: unit.clone(),
            moves: Vec::new(),
            clocks: Vec::new(),
            questions: Vec::new(),
            answered_by: Vec::new(),
            answers: Vec::new(),
            supervisions: Vec::new(),
            extensions: Vec::new(),
            parts: Vec::new(),
            closing: None,
            closed_at: None,
        })
    }

    pub(super) fn fold_in(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        let Recorded { at, by, event } = recorded;
        self.version += 1;
        clocks::fold_clock(&mut self.clocks, *at, event);
        extensions::fold_extension(&mut self.extensions, *at, by, event);
        joint::fold_part(&mut self.parts, *at, event);
        supervision::fold_supervision(&mut self.supervisions, &mut self.clocks, *at, by, event);
        let way = moves::Way {
            unit: &mut self.unit,
            moves: &mut self.moves,
            // Nobody's power is in question.
            dispute: &mut None,
        };
        way.fold(*at, event);
        match event {
            Event::InquiryReceived { .. } => return Err(FoldError::FiledTwice),
            Event::InquiryAnswered { text, knowledge } => {
                self.answers.push(Answer {
                    at: *at,
                    unit: self.unit.clone(),
                    text: text.clone(),
                    knowledge: knowledge.clone(),
                });
                self.close(*at, InquiryClosing::Answered);
            }
            Event::InquiryRedirected { reason, route } => {
                let (reason, route) = (reason.clone(), route.clone());
                self.close(*at, InquiryClosing::Redirected { reason, route });
            }
            Event::InquiryAskedAgain { text } => {
                self.phase = InquiryPhase::Asked;
                self.closing = None;
                self.closed_at = None;
                self.questions.push(text.clone());
                let answered = self.answer_clock().map(|clock| clock.seq);
                self.answered_by.extend(answered);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, at: jiff::Timestamp, closing: InquiryClosing) {
        self.phase = InquiryPhase::Closed;
        self.closing = Some(closing);
        self.closed_at = Some(at);
    }
}
