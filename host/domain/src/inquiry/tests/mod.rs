//! Given events, when command, then events: of inquiries.

mod table;

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Inquiry, InquiryClosing, InquiryPhase, receive};
use crate::case::moves::ReturnReason;
use crate::case::supervision::Urgency;
use crate::case::{Actor, Command, Context, Recorded, Refusal};
use crate::file::{File, decide_all};
use crate::identifiers::case_number::CaseNumber;
use crate::indicators::InquiryFacts;
use crate::rules::RuleBook;

struct Scene {
    rules: RuleBook,
    now: Timestamp,
    inquiry: Inquiry,
}

fn asker() -> Actor {
    Actor::Reporter {
        token: Some("a-1".into()),
    }
}

fn officer(unit: &str) -> Actor {
    Actor::Officer {
        id: format!("o-{unit}"),
        unit: unit.into(),
        name: "周".into(),
        role: crate::officers::OfficerRole::Head,
    }
}

/// Asked on Monday 2026-05-18.
fn ask(by: &Actor, change: impl FnOnce(&mut Value)) -> Result<Scene, Refusal> {
    let rules = RuleBook::builtin().unwrap();
    let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
    let mut filing =
        json!({"kind": "consultation", "division": "420106", "text": "外套可以退吗？"});
    change(&mut filing);
    let command = Command::Inquire {
        number: CaseNumber::compose(date(2026, 5, 18), 7),
        asker: "a-1".into(),
        filing: serde_json::from_value(filing).unwrap(),
    };
    let context = Context {
        now,
        actor: by,
        rules: &rules,
    };
    let recorded = receive(command, &context)?
        .into_iter()
        .map(|event| Recorded {
            at: now,
            by: by.clone(),
            event,
        });
    let inquiry = Inquiry::fold(recorded).unwrap();
    Ok(Scene {
        rules,
        now,
        inquiry,
    })
}

impl Scene {
    fn does(&mut self, by: &Actor, command: Command) -> Result<(), Refusal> {
        let steps = [(by.clone(), command)];
        self.inquiry = decide_all(&self.inquiry, steps, self.now, &self.rules)?.0;
        Ok(())
    }

    fn ends_on(&self) -> Option<jiff::civil::Date> {
        let mut running = self.inquiry.clocks.iter().filter(|it| it.is_running());
        running.next()?.reading.ends_on()
    }
}

fn answer() -> Command {
    Command::AnswerInquiry {
        text: "七日内可以退货。".into(),
        knowledge: Some("seven-day-return".into()),
    }
}

#[rstest]
#[case("consultation", date(2026, 5, 25))]
#[case("suggestion", date(2026, 6, 8))]
fn an_answer_has_its_days(#[case] kind: &str, #[case] end: jiff::civil::Date) {
    let scene = ask(&asker(), |it| it["kind"] = kind.into()).unwrap();
    assert_eq!(scene.ends_on(), Some(end));
}

#[test]
fn an_answer_ends_it_and_what_is_asked_again_begins_anew() {
    let mut scene = ask(&asker(), |_| {}).unwrap();
    let again = || Command::AskAgain {
        text: "定做的呢？".into(),
    };
    assert!(scene.does(&asker(), again()).is_err(), "it waits already");
    for stranger in [officer("420111"), officer("420100"), asker()] {
        assert!(scene.does(&stranger, answer()).is_err(), "{stranger:?}");
    }
    scene.does(&officer("420106"), answer()).unwrap();
    assert_eq!(scene.inquiry.closing, Some(InquiryClosing::Answered));
    assert_eq!(scene.ends_on(), None);
    assert!(scene.does(&officer("420106"), answer()).is_err());
    scene.now = scene.now.checked_add(48.hours()).unwrap();
    scene.does(&asker(), again()).unwrap();
    assert_eq!(scene.inquiry.phase, InquiryPhase::Asked);
    assert_eq!(scene.ends_on(), Some(date(2026, 5, 27)));
}

#[test]
fn what_belongs_elsewhere_is_told_where() {
    let mut scene = ask(&asker(), |_| {}).unwrap();
    let redirect = |route: &str| Command::RedirectInquiry {
        reason: "属于劳动争议".into(),
        route: route.into(),
    };
    assert!(scene.does(&officer("420106"), redirect(" ")).is_err());
    let route = redirect("向劳动人事争议仲裁委员会申请");
    scene.does(&officer("420106"), route).unwrap();
    assert!(matches!(
        scene.inquiry.closing,
        Some(InquiryClosing::Redirected { .. })
    ));
}

#[test]
fn who_lets_it_lie_is_urged() {
    let mut scene = ask(&asker(), |_| {}).unwrap();
    scene.now = scene.now.checked_add((24 * 8).hours()).unwrap();
    let due = File::due(&scene.inquiry, scene.now).unwrap();
    assert_eq!(due, Command::ExpireClock { clock: 1 });
    scene.does(&Actor::Platform, due).unwrap();
    assert_eq!(scene.inquiry.supervisions[0].by.as_str(), "420100");
    assert_eq!(scene.inquiry.phase, InquiryPhase::Asked);
    let answer = Command::AnswerSupervision {
        supervision: 1,
        answer: "即将答复".into(),
    };
    scene.does(&officer("420106"), answer).unwrap();
    let owed = scene.inquiry.binding().unwrap();
    assert_eq!(
        owed.period, "consultation-answer",
        "the answer is owed still"
    );
}

#[rstest]
#[case("/text", |it: &mut Value| it["text"] = " ".into())]
#[case("/division", |it: &mut Value| it["division"] = "310104".into())]
#[case("/category", |it: &mut Value| it["category"] = "nothing".into())]
fn a_fault_names_its_field(#[case] field: &str, #[case] change: fn(&mut Value)) {
    let fault = ask(&asker(), change).err().unwrap();
    assert!(
        matches!(&fault, Refusal::Invalid { field: at, .. } if at == field),
        "{fault}"
    );
}

#[test]
fn nobody_asks_in_anothers_name() {
    let other = Actor::Reporter {
        token: Some("b-2".into()),
    };
    assert!(ask(&other, |_| {}).is_err());
    assert!(
        ask(&officer("420106"), |_| {}).is_ok(),
        "a call is taken down"
    );
}

#[test]
fn a_channel_is_of_whoever_enters_by_it() {
    let by = |actor: &Actor, channel: &str| ask(actor, |it| it["channel"] = channel.into());
    for channel in ["hotline", "window", "letter"] {
        let scene = by(&officer("420106"), channel).unwrap();
        assert_eq!(scene.inquiry.filing.channel.unwrap().name(), channel);
        let fault = by(&asker(), channel).err().unwrap();
        assert!(matches!(fault, Refusal::Invalid { field, .. } if field == "/channel"));
    }
    assert!(by(&asker(), "web").is_ok());
    assert!(by(&officer("420106"), "partner").is_err());
}

/// Her unit has more time for the answer.
fn extended() -> Scene {
    let mut scene = ask(&asker(), |_| {}).unwrap();
    let request = Command::RequestExtension {
        clock: 1,
        reason: "需向业务处室核实".into(),
    };
    scene.does(&officer("420106"), request).unwrap();
    let grant = Command::DecideExtension {
        clock: 1,
        granted: true,
        reason: "同意".into(),
        days: None,
        minutes: None,
    };
    let mut head = officer("420106");
    if let Actor::Officer { id, .. } = &mut head {
        *id = "o-2".into();
    }
    scene.does(&head, grant).unwrap();
    scene
}

#[test]
fn an_answer_that_needs_more_time_has_its_days_once_more() {
    let mut scene = extended();
    assert_eq!(scene.ends_on(), Some(date(2026, 6, 1)));
    scene.does(&officer("420106"), answer()).unwrap();
    assert_eq!(scene.ends_on(), None);
}

#[test]
fn what_a_superior_asked_is_answered_though_the_inquiry_was() {
    let mut scene = ask(&asker(), |_| {}).unwrap();
    let urge = Command::Supervise {
        urgency: Urgency::General,
        matter: "请答复".into(),
    };
    scene.does(&officer("420100"), urge).unwrap();
    scene.does(&officer("420106"), answer()).unwrap();
    let running = scene.inquiry.clocks.iter().filter(|it| it.is_running());
    let running: Vec<&str> = running.map(|it| it.period.as_str()).collect();
    assert_eq!(running, ["supervision-general"]);
}

#[test]
fn a_late_answer_stays_late_whatever_is_asked_and_answered_after_it() {
    let in_time = |scene: &Scene| InquiryFacts::of(&scene.inquiry).answered_in_time;
    let again = || Command::AskAgain {
        text: "定做的呢？".into(),
    };
    let mut scene = ask(&asker(), |_| {}).unwrap();
    let mut prompt = ask(&asker(), |_| {}).unwrap();
    scene.now = scene.now.checked_add((24 * 8).hours()).unwrap();
    let due = File::due(&scene.inquiry, scene.now).unwrap();
    scene.does(&Actor::Platform, due).unwrap();
    for (scene, first) in [(&mut scene, Some(false)), (&mut prompt, Some(true))] {
        scene.does(&officer("420106"), answer()).unwrap();
        assert_eq!(scene.inquiry.binding(), None, "nothing is owed");
        assert_eq!(in_time(scene), first);
        scene.does(&asker(), again()).unwrap();
        assert_eq!(
            in_time(scene),
            first.filter(|it| !it),
            "that of the next runs"
        );
        scene.does(&officer("420106"), answer()).unwrap();
        assert_eq!(in_time(scene), first);
    }
}

#[test]
fn an_extended_answer_and_one_that_intake_gives_itself_are_judged_too() {
    let in_time = |scene: &Scene| InquiryFacts::of(&scene.inquiry).answered_in_time;
    let mut scene = extended();
    scene.does(&officer("420106"), answer()).unwrap();
    assert_eq!(in_time(&scene), Some(true));

    let mut back = ask(&asker(), |_| {}).unwrap();
    let returned = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "不属本单位".into(),
    };
    back.does(&officer("420106"), returned).unwrap();
    let mut late = ask(&asker(), |_| {}).unwrap();
    late.inquiry = back.inquiry.clone();
    back.does(&officer("420100"), answer()).unwrap();
    assert_eq!(in_time(&back), Some(true));
    late.now = late.now.checked_add((24 * 9).hours()).unwrap();
    late.does(&officer("420100"), answer()).unwrap();
    assert_eq!(in_time(&late), Some(false));
}

#[test]
fn what_lies_at_intake_beyond_its_day_is_owed_until_it_is_sent_on_or_answered() {
    let mut scene = ask(&asker(), |_| {}).unwrap();
    let returned = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "不属本单位".into(),
    };
    scene.does(&officer("420106"), returned).unwrap();
    scene.now = scene.now.checked_add((24 * 3).hours()).unwrap();
    while let Some(due) = File::due(&scene.inquiry, scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    let answer_one = Command::AnswerSupervision {
        supervision: 1,
        answer: "正在核实".into(),
    };
    scene.does(&officer("420100"), answer_one).unwrap();
    let owed = scene.inquiry.binding().unwrap();
    assert_eq!(owed.period, "intake-dispatch");
    scene.does(&officer("420100"), answer()).unwrap();
    assert_eq!(scene.inquiry.binding(), None);
}
