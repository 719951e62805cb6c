//! A complaint from its filing to the follow-up visit, by both of its ends, with a power cut
//! within each request.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::cuts::counted;
use crate::platforms::{Platform, outside};
use crate::power_cut_files::{Step, cut_at_every_step, token_of};
use crate::world::Kind;

const CONSUMER: usize = 0;
const COUNTY: usize = 1;
const CITY: usize = 2;

/// To the authority, back to intake and down again, urged on, accepted, mediated.
fn to_the_offer() -> Vec<Step> {
    let back = json!({"reason": "not_ours", "note": "请核对经营地"});
    let down = json!({"to": "420106", "note": "请办理", "report_by": "2026-05-29"});
    let urge = json!({"urgency": "urgent", "matter": "请尽快受理"});
    let decision = json!({"form": "complaint-acceptance",
        "values": {"contact": "周敏", "phone": "027-88930000"}});
    let served = json!({"to": "consumer", "means": "sms", "note": null});
    let joins =
        |side: &str| json!({"side": side, "agrees": true, "delegation": false, "means": "phone"});
    let session =
        json!({"mode": "phone", "at": "2026-05-20T02:00:00Z", "place": null, "mediator": "周敏"});
    let appraisal = json!({"body": "市质检院", "chosen_by": "parties"});
    let result = json!({"result": "未见质量问题"});
    let terms = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 11_900}]}});
    vec![
        (CONSUMER, "escalation", json!({})),
        (COUNTY, "return", back),
        (CITY, "dispatch", down),
        (CITY, "supervision", urge),
        (
            COUNTY,
            "supervision/1/answer",
            json!({"answer": "今日受理"}),
        ),
        (COUNTY, "acceptance", json!({})),
        (COUNTY, "documents", decision),
        (COUNTY, "documents/1/service", served),
        (COUNTY, "mediation-answer", joins("consumer")),
        (COUNTY, "mediation-answer", joins("respondent")),
        (COUNTY, "sessions", session),
        (COUNTY, "appraisal", appraisal),
        (COUNTY, "appraisal/result", result),
        (COUNTY, "offers", terms),
    ]
}

fn visited() -> Step {
    let visit = json!({"means": "phone", "satisfaction": "fair", "note": "已回访"});
    (COUNTY, "visits", visit)
}

/// Both agree, she here and the shop on paper; it is performed and she confirms.
fn settled() -> Vec<Step> {
    let word = |word: Value| json!({"side": "respondent", "means": "in_person", "word": word});
    let accepts = word(json!({"kind": "accept_offer", "offer": 1}));
    let performs = word(json!({"kind": "record_performance", "performed_on": "2026-05-18"}));
    vec![
        (CONSUMER, "offers/1/acceptance", json!({})),
        (COUNTY, "words", accepts),
        (COUNTY, "words", performs),
        (CONSUMER, "confirmation", json!({"confirmation": "solved"})),
        visited(),
    ]
}

fn terminated() -> Vec<Step> {
    let ending = json!({"ground": "no-deal", "reason": "双方对金额分歧较大"});
    vec![
        (COUNTY, "termination", ending),
        (COUNTY, "termination/notice", json!({"means": "sms"})),
        visited(),
    ]
}

const ON_THE_WAY: [(&str, usize); 17] = [
    ("case_filed", 1),
    ("escalated", 1),
    ("complaint_registered", 1),
    ("dossier_sealed", 1),
    ("file_returned", 1),
    ("file_dispatched", 1),
    ("supervision_opened", 1),
    ("supervision_answered", 1),
    ("complaint_accepted", 1),
    ("document_issued", 1),
    ("document_served", 1),
    ("mediation_answered", 2),
    ("mediation_scheduled", 1),
    ("appraisal_begun", 1),
    ("appraisal_ended", 1),
    ("offer_made", 1),
    ("visit_recorded", 1),
];

/// Takes a complaint through cuts to its end; how it was closed.
async fn through_cuts(kind: Kind, first: usize, end: Vec<Step>, counts: &[(&str, usize)]) -> Value {
    let platform = Platform::new("hubei", kind, 11);
    let tokens = [
        platform.consumer().await.token,
        token_of(&platform, "o-1", "420106").await,
        token_of(&platform, "s-1", "420100").await,
    ];
    let mut steps = to_the_offer();
    steps.extend(end);
    let (mut platform, number) =
        cut_at_every_step(platform, &tokens, ("cases", outside()), steps, first).await;
    let officer = Client::new(&platform.url(), &tokens[COUNTY]);
    let case = officer.case(&number).await.unwrap();
    assert_eq!(case["phase"], "closed");
    counted(&mut platform, &[&ON_THE_WAY[..], counts].concat()).await;
    case["closing"].clone()
}

#[rstest]
#[case(Kind::Sqlite, 0)]
#[case(Kind::Postgres, 3)]
#[tokio::test]
async fn a_settlement_loses_and_doubles_nothing(#[case] kind: Kind, #[case] first: usize) {
    let counts = [
        ("offer_accepted", 2),
        ("word_recorded", 2),
        ("settlement_reached", 1),
        ("performance_recorded", 1),
        ("outcome_confirmed", 1),
        ("case_closed", 1),
    ];
    let closing = through_cuts(kind, first, settled(), &counts).await;
    assert_eq!(closing, "solved");
}

#[rstest]
#[case(Kind::Sqlite, 2)]
#[case(Kind::Postgres, 5)]
#[tokio::test]
async fn a_termination_loses_and_doubles_nothing(#[case] kind: Kind, #[case] first: usize) {
    let counts = [
        ("mediation_terminated", 1),
        ("termination_notified", 1),
        ("case_closed", 1),
    ];
    let closing = through_cuts(kind, first, terminated(), &counts).await;
    assert_eq!(closing, "terminated");
}
