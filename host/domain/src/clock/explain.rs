//! A reading in sentences for a person.

use super::{Arithmetic, Counting, Reading, SkippedDay, WhyNot};
use crate::text::{Bilingual, Text};

/// The rule, the start, the days not counted and why, the end: a line each.
pub fn explain(reading: &Reading) -> Vec<Text> {
    let steps = reading.arithmetic();
    let mut lines = vec![rule(steps)];
    lines.extend(steps.note.as_ref().map(note));
    lines.push(start(steps));
    lines.extend(grouped(&steps.not_counted).map(|run| run.line("clock-not-counted")));
    for day in &steps.make_up_days {
        lines.push(named(
            Text::new("clock-make-up").arg("date", day.date.to_string()),
            &day.name,
        ));
    }
    if let Some(last) = steps.last_counted {
        lines.push(
            Text::new("clock-last")
                .arg("date", last.to_string())
                .arg("count", steps.counted),
        );
    }
    lines.extend(grouped(&steps.rolled_over).map(|run| run.line("clock-rolled-over")));
    lines.push(end(reading));
    lines.extend(work_to(reading));
    lines
}

fn note(note: &Bilingual) -> Text {
    Text::new("clock-note")
        .arg("note_zh", note.zh.as_str())
        .arg("note_en", note.en.as_str())
}

/// The earlier date to work to, where the end in law rolled over, or no calendar says yet
/// where it is.
fn work_to(reading: &Reading) -> Option<Text> {
    if let Reading::AwaitingCalendar { .. } = reading {
        let date = reading.work_to()?.to_string();
        return Some(Text::new("clock-not-before").arg("date", date));
    }
    let last = reading.arithmetic().last_counted?;
    let end = reading.ends_on().filter(|end| *end != last)?;
    let text = Text::new("clock-work-to").arg("last", last.to_string());
    Some(text.arg("date", end.to_string()))
}

fn rule(steps: &Arithmetic) -> Text {
    let id = match steps.counting {
        Counting::WorkingDays => "clock-rule-working-days",
        Counting::NaturalDays => "clock-rule-natural-days",
    };
    let text = Text::new(id)
        .arg("length", steps.length)
        .text("citation", steps.article.text())
        .arg("pack", steps.pack.as_str())
        .arg("calendar", steps.calendar.as_str());
    named(text, &steps.name)
}

fn start(steps: &Arithmetic) -> Text {
    let text = match steps.first_counted {
        Some(first) => Text::new("clock-start").arg("first", first.to_string()),
        None => Text::new("clock-start-only"),
    };
    text.arg("date", steps.start.to_string())
}

fn end(reading: &Reading) -> Text {
    match reading {
        Reading::Ends { ends_on, .. } => Text::new("clock-end").arg("date", ends_on.to_string()),
        Reading::AwaitingCalendar { year, arithmetic } => Text::new("clock-awaiting-calendar")
            .arg("year", year.to_string())
            .arg("count", arithmetic.counted),
        Reading::Paused { since, .. } => Text::new("clock-paused").arg("date", since.to_string()),
    }
}

fn named(text: Text, name: &Bilingual) -> Text {
    text.arg("name_zh", name.zh.as_str())
        .arg("name_en", name.en.as_str())
}

/// Days in a row that are passed over for the same reason.
struct Run<'a> {
    first: &'a SkippedDay,
    last: &'a SkippedDay,
}

impl Run<'_> {
    fn line(&self, id: &str) -> Text {
        let suffix = match &self.first.why {
            WhyNot::Weekend => "weekend",
            WhyNot::Holiday { .. } => "holiday",
            WhyNot::Paused { .. } => "pause",
        };
        let text = Text::new(format!("{id}-{suffix}"))
            .arg("from", self.first.date.to_string())
            .arg("to", self.last.last().to_string());
        match &self.first.why {
            WhyNot::Weekend => text,
            WhyNot::Holiday { name } => named(text, name),
            WhyNot::Paused { why } => text.term("why", "pause", why),
        }
    }
}

fn grouped(days: &[SkippedDay]) -> impl Iterator<Item = Run<'_>> {
    let adjoins = |a: &SkippedDay, b: &SkippedDay| {
        a.why == b.why && a.last().tomorrow().is_ok_and(|next| next == b.date)
    };
    days.chunk_by(adjoins).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(Run { first, last })
    })
}
