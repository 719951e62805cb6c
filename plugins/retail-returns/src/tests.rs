use hejie_sdk::actions::ResolverAction;
use hejie_sdk::{Context, Event, resolve};
use serde_json::{Value, json};

use crate::{Memory, RetailReturns};

struct Calendar;

/// Five working days later is a week later: no holiday is near these tests.
impl hejie_sdk::Calendar for Calendar {
    fn add_working_days(&self, _: &str, _: u32) -> Result<String, hejie_sdk::Unknown> {
        Ok("2026-05-25".into())
    }
    fn working_days_between(&self, _: &str, _: &str) -> Result<u32, hejie_sdk::Unknown> {
        Err(hejie_sdk::Unknown::Malformed)
    }
    fn days_between(&self, start: &str, end: &str) -> Result<u32, hejie_sdk::Unknown> {
        let day = |date: &str| {
            date[8..]
                .parse::<u32>()
                .map_err(|_| hejie_sdk::Unknown::Malformed)
        };
        Ok(day(end)? - day(start)?)
    }
    fn add_days(&self, _: &str, _: u32) -> Result<String, hejie_sdk::Unknown> {
        Err(hejie_sdk::Unknown::Malformed)
    }
}

fn context(changes: &[(&str, Value)], memory: &Memory) -> Context {
    let mut value = json!({
        "contract": "1.0.0", "now": 1_779_066_000_000u64, "today": "2026-05-18",
        "settings": json!({"order_system": "http://orders", "return_window_days": 7,
            "amount_ceiling_fen": 50_000, "categories": ["clothing"], "max_extra_percent": 10,
            "goodwill_percent": 20}).to_string(),
        "memory": serde_json::to_vec(memory).unwrap(),
        "dispute": {"number": "HJ-1", "version": 2, "category": "clothing", "problem": "after-sales",
            "received_on": "2026-05-18", "consumer": null, "respondent": null,
            "claim": {"remedies": [{"kind": "Refund", "amount": 12_900}], "reason": "不合身"},
            "facts": {"statement": "不合身", "stated": "{}"},
            "order": {"reference": "HB-2026-1", "price": null, "ordered_on": null, "received_on": null},
            "evidence": [], "messages": [], "questions": [], "offers": []},
        "clocks": [], "entitlements": []
    });
    for (pointer, change) in changes {
        *value.pointer_mut(pointer).unwrap() = change.clone();
    }
    serde_json::from_value(value).unwrap()
}

fn decide(
    changes: &[(&str, Value)],
    memory: Memory,
    event: Value,
) -> (Vec<ResolverAction>, Memory) {
    hejie_sdk::install_calendar(Box::new(Calendar));
    let event: Event = serde_json::from_value(event).unwrap();
    let (answer, memory) = resolve::<RetailReturns>(context(changes, &memory), event);
    let (actions, reasons) = answer.into_parts();
    assert_eq!(reasons.len(), actions.len(), "every action has its reason");
    (actions, serde_json::from_slice(&memory).unwrap())
}

fn order_of(price_fen: u64, received_on: &str) -> Value {
    let body = json!({"reference": "HB-2026-1", "price_fen": price_fen,
                      "received_on": received_on, "status": "signed"});
    json!({"LookUpAnswered": {"key": "order",
        "outcome": {"Answered": {"status": 200, "body": body.to_string()}}}})
}

fn offered(actions: &[ResolverAction]) -> u64 {
    match actions {
        [ResolverAction::Propose(propose)] => propose.terms.money(),
        other => panic!("{other:?}"),
    }
}

fn known(price_fen: u64, received: &str) -> Memory {
    decide(&[], Memory::default(), order_of(price_fen, received)).1
}

#[test]
fn the_order_is_checked_first() {
    let (actions, _) = decide(&[], Memory::default(), json!("CaseOpened"));
    let [ResolverAction::LookUp(look_up)] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(
        (look_up.name.as_str(), look_up.path.as_str()),
        ("orders", "orders/HB-2026-1")
    );
}

#[test]
fn without_an_order_number_it_asks_once_and_then_hands_over() {
    let none = [("/dispute/order", Value::Null)];
    let (actions, memory) = decide(&none, Memory::default(), json!("CaseOpened"));
    assert!(matches!(&actions[..], [ResolverAction::Ask(_)]));
    let answer = json!({"QuestionAnswered": {"question": 1, "key": "order-reference",
                        "value": r#"{"reference":"HB 2/../9"}"#}});
    let (actions, memory) = decide(&none, memory, answer);
    let [ResolverAction::LookUp(look_up)] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(look_up.path, "orders/HB%202%2F%2E%2E%2F9");
    let unknown = json!({"LookUpAnswered": {"key": "order",
        "outcome": {"Answered": {"status": 404, "body": ""}}}});
    let (actions, _) = decide(&none, memory, unknown);
    assert!(matches!(&actions[..], [ResolverAction::HandOver(_)]));
}

#[test]
fn within_the_window_it_refunds_what_is_asked_and_not_more_than_was_paid() {
    let (actions, _) = decide(&[], Memory::default(), order_of(12_900, "2026-05-12"));
    assert_eq!(offered(&actions), 12_900);
    let (actions, _) = decide(&[], Memory::default(), order_of(9_900, "2026-05-12"));
    assert_eq!(offered(&actions), 9_900);
}

#[test]
fn after_the_window_it_offers_goodwill_but_never_less_than_the_law() {
    let (actions, _) = decide(&[], Memory::default(), order_of(12_900, "2026-05-02"));
    assert_eq!(offered(&actions), 2_580);
    let entitlement = json!([{"id": "seven-day-return", "article": {"zh": "25", "en": "25"},
        "unconditional": true, "remedy": {"kind": "Refund", "amount": 12_000},
        "summary": {"zh": "退", "en": "refund"}}]);
    let floor = [("/entitlements", entitlement)];
    let (actions, _) = decide(&floor, Memory::default(), order_of(12_900, "2026-05-02"));
    assert_eq!(offered(&actions), 12_000);
}

#[test]
fn a_fault_is_shown_by_a_photo() {
    let faulty = ("/dispute/problem", json!("quality"));
    let (actions, memory) = decide(
        std::slice::from_ref(&faulty),
        Memory::default(),
        order_of(12_900, "2026-05-12"),
    );
    assert!(matches!(&actions[..], [ResolverAction::RequestEvidence(_)]));
    let photo = json!([{"sha256": "00", "media_type": "image/jpeg", "size": 9, "name": "a.jpg",
                        "by": "Consumer"}]);
    let shown = [faulty, ("/dispute/evidence", photo)];
    let (actions, _) = decide(&shown, memory, json!({"EvidenceAdded": 1}));
    assert_eq!(offered(&actions), 12_900);
}

#[test]
fn beyond_ceiling_category_and_remedy_a_person_decides() {
    let dear = [("/dispute/claim/remedies/0/amount", json!(60_000))];
    let (actions, _) = decide(&dear, Memory::default(), order_of(60_000, "2026-05-12"));
    assert!(matches!(&actions[..], [ResolverAction::HandOver(_)]));
    for change in [
        ("/dispute/category", json!("food")),
        (
            "/dispute/claim/remedies/0",
            json!({"kind": "Repair", "amount": null}),
        ),
    ] {
        let (actions, _) = decide(&[change], Memory::default(), json!("CaseOpened"));
        assert!(matches!(&actions[..], [ResolverAction::HandOver(_)]));
    }
}

#[test]
fn a_silent_or_broken_order_system_goes_to_a_person() {
    for outcome in [
        json!({"Failed": "no answer"}),
        json!({"Answered": {"status": 500, "body": ""}}),
        json!({"Answered": {"status": 200, "body": "<html>"}}),
    ] {
        let event = json!({"LookUpAnswered": {"key": "order", "outcome": outcome}});
        let (actions, _) = decide(&[], Memory::default(), event);
        assert!(matches!(&actions[..], [ResolverAction::HandOver(_)]));
    }
}

fn consumers_offer(fen: u64) -> Value {
    json!({"OfferMade": {"seq": 2, "by": "Consumer", "terms":
        {"remedies": [{"kind": "Refund", "amount": fen}], "perform_by": null, "conditions": []}}})
}

#[test]
fn a_counter_offer_is_met_within_the_mandate_raised_once_and_then_a_persons() {
    // First offer 2,580; the mandate is ten percent above: 2,838.
    let memory = known(12_900, "2026-05-02");
    let (actions, _) = decide(&[], memory.clone(), consumers_offer(2_838));
    assert_eq!(actions, [ResolverAction::Accept(2)]);
    let (actions, memory) = decide(&[], memory, consumers_offer(2_839));
    assert_eq!(offered(&actions), 2_838);
    let (actions, _) = decide(&[], memory, consumers_offer(2_839));
    assert!(matches!(&actions[..], [ResolverAction::HandOver(_)]));
}

#[test]
fn an_offer_with_more_in_it_than_money_for_goods_is_a_persons() {
    let memory = known(12_900, "2026-05-12");
    let small = json!({"kind": "Refund", "amount": 100});
    for (pointer, more) in [
        (
            "/remedies",
            json!([small, {"kind": "Replace", "amount": null}]),
        ),
        (
            "/remedies",
            json!([small, {"kind": "Apology", "amount": null}]),
        ),
        (
            "/remedies",
            json!([small, {"kind": "Compensation", "amount": 1}]),
        ),
        ("/remedies", json!([{"kind": "Refund", "amount": null}])),
        ("/conditions", json!(["店铺公开道歉"])),
    ] {
        let mut offer = consumers_offer(100);
        let place = format!("/OfferMade/terms{pointer}");
        *offer.pointer_mut(&place).unwrap() = more;
        let (actions, _) = decide(&[], memory.clone(), offer.clone());
        assert!(
            matches!(&actions[..], [ResolverAction::HandOver(_)]),
            "{offer}"
        );
    }
    let mut goods = consumers_offer(12_900);
    goods["OfferMade"]["terms"]["remedies"]
        .as_array_mut()
        .unwrap()
        .push(json!({"kind": "ReturnGoods", "amount": null}));
    goods["OfferMade"]["terms"]["conditions"] = json!([crate::words::send_back()]);
    let (actions, _) = decide(&[], memory, goods);
    assert_eq!(actions, [ResolverAction::Accept(2)]);
}

#[test]
fn a_day_before_the_shop_can_pay_is_countered() {
    let memory = known(12_900, "2026-05-02");
    let mut offer = consumers_offer(2_580);
    offer["OfferMade"]["terms"]["perform_by"] = json!("2026-05-19");
    let (actions, _) = decide(&[], memory.clone(), offer.clone());
    assert_eq!(offered(&actions), 2_838);
    offer["OfferMade"]["terms"]["perform_by"] = json!("2026-05-25");
    let (actions, _) = decide(&[], memory, offer);
    assert_eq!(actions, [ResolverAction::Accept(2)]);
}

#[test]
fn an_order_that_is_not_as_she_stated_is_a_persons() {
    for (pointer, stated) in [
        ("/dispute/order/reference", json!("HB-2026-2")),
        ("/dispute/order/price", json!(99_900)),
        ("/dispute/order/received_on", json!("2026-05-11")),
        ("/dispute/facts/stated", json!(r#"{"price_fen": 99900}"#)),
        (
            "/dispute/facts/stated",
            json!(r#"{"received_on": "2026-05-11"}"#),
        ),
    ] {
        let order = order_of(12_900, "2026-05-12");
        let (actions, memory) = decide(&[(pointer, stated)], Memory::default(), order);
        assert!(
            matches!(&actions[..], [ResolverAction::HandOver(_)]),
            "{pointer}"
        );
        assert_eq!(memory.order, None);
    }
    let stated = [("/dispute/facts/stated", json!(r#"{"price_fen": 12900}"#))];
    let (actions, _) = decide(&stated, Memory::default(), order_of(12_900, "2026-05-12"));
    assert_eq!(offered(&actions), 12_900);
}
