use jiff::civil::date;

use super::scene::{Scene, officer, officer_of};
use crate::case::command::Command;
use crate::case::inbox::{Inbox, Waiting};
use crate::case::supervision::Urgency;
use crate::case::time::civil_date;
use crate::clock::Approval;
use crate::rules::RuleBook;

fn supervised(urgency: Urgency) -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    let urge = Command::Supervise {
        urgency,
        matter: "请尽快联系投诉人".into(),
    };
    scene.does(&officer_of("420100"), urge).unwrap();
    scene
}

fn waiting(seq: u32, unit: &str, due: jiff::civil::Date) -> Vec<Waiting> {
    let unit = unit.parse().unwrap();
    vec![Waiting { seq, unit, due }]
}

#[test]
fn a_unit_waits_for_the_answer_and_decides_on_more_time_for_it() {
    let mut scene = supervised(Urgency::Urgent);
    let due = date(2026, 5, 20);
    assert_eq!(scene.case.answers(false), waiting(1, "420100", due));
    assert_eq!(scene.case.approvals(), []);
    let clock = scene.case.running_clock("supervision-urgent").unwrap().seq;
    let reason = "等待检验结果".to_owned();
    let ask = Command::RequestExtension { clock, reason };
    scene.does(&officer(), ask).unwrap();
    assert_eq!(scene.case.approvals(), waiting(clock, "420100", due));
    let answer = Command::AnswerSupervision {
        supervision: 1,
        answer: "已联系双方".into(),
    };
    scene.does(&officer(), answer).unwrap();
    assert_eq!(scene.case.answers(false), []);
    assert_eq!(scene.case.approvals(), [], "its clock has ended");
}

#[test]
fn what_is_raised_is_waited_for_by_the_unit_above_and_at_the_top_beyond_its_day() {
    let raised = super::supervision::days_pass(supervised(Urgency::General), 4);
    let above = waiting(1, "420000", date(2026, 5, 26));
    assert_eq!(raised.case.answers(false)[..1], above);
    let top = super::supervision::days_pass(raised, 30);
    let answers = top.case.answers(false);
    let last = answers.iter().find(|it| it.seq == 1).unwrap();
    assert_eq!(last.unit.as_str(), "000000");
    assert!(last.due < civil_date(top.now));
    // In a file that is over, what the rules alone urged is not waited for any more.
    let asked: Vec<u32> = top.case.answers(true).iter().map(|it| it.seq).collect();
    assert_eq!(asked, [1]);
    assert!(answers.len() > 1);
}

#[test]
fn only_more_time_for_an_answer_is_the_supervising_units_to_give() {
    let rules = RuleBook::builtin().unwrap();
    let answers = [Urgency::General, Urgency::Urgent, Urgency::ExtremelyUrgent];
    let answers = answers.map(Urgency::period);
    for pack in rules.procedures() {
        for period in pack.periods.keys() {
            let approval = pack.extension_of(period).map(|(_, approval)| approval);
            let supervisor = approval == Some(Approval::Supervisor);
            assert_eq!(supervisor, answers.contains(&period.as_str()), "{period}");
        }
    }
}
