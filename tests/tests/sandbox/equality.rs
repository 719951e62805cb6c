use hejie_testkit::{Sandbox, Scenario};
use hejie_tests::package;
use prepaid_card::PrepaidCard;
use retail_returns::RetailReturns;
use serde_json::{Value, json};
use statutory_floor::StatutoryFloor;

fn sandbox(name: &str) -> Sandbox {
    Sandbox::of(package(name).unwrap()).unwrap()
}

fn shop() -> Value {
    json!({"order_system": "http://orders", "return_window_days": 7, "amount_ceiling_fen": 50_000,
           "max_extra_percent": 10, "goodwill_percent": 20})
}

#[test]
fn retail_returns_decides_the_same_in_and_out_of_the_sandbox() {
    let sandbox = sandbox("retail-returns");
    let order = json!({"reference": "HB-1", "price_fen": 12_900, "received_on": "2026-05-12"});
    let answered = json!({"LookUpAnswered": {"key": "order",
        "outcome": {"Answered": {"status": 200, "body": order.to_string()}}}});
    let opened = Scenario::opened("clothing", 12_900, &shop());
    let offered = opened.clone().on(answered);
    for scenario in [opened, offered.clone()] {
        let native = scenario.resolve::<RetailReturns>(&sandbox.rules).unwrap();
        assert_eq!(native, sandbox.decide(&scenario).unwrap());
    }
    let decision = sandbox.decide(&offered).unwrap();
    let terms = &decision["Resolver"]["actions"][0]["Propose"]["terms"];
    assert_eq!(terms["remedies"][0]["amount"], 12_900);
    // Five working days after Monday 18 May 2026, counted by the host.
    assert_eq!(terms["perform_by"], "2026-05-25");
}

#[test]
fn statutory_floor_decides_the_same_in_and_out_of_the_sandbox() {
    let sandbox = sandbox("statutory-floor");
    let entitlements = json!([{"id": "seven-day-return",
        "article": {"zh": "消法第25条", "en": "CPL art. 25"}, "unconditional": true,
        "remedy": {"kind": "Refund", "amount": 20_000},
        "summary": {"zh": "退款", "en": "Refund"}}]);
    let scenario =
        Scenario::opened("clothing", 12_900, &json!({})).with("/entitlements", entitlements);
    let native = scenario.review::<StatutoryFloor>(&sandbox.rules).unwrap();
    let sandboxed = sandbox.decide(&scenario).unwrap();
    assert_eq!(native, sandboxed);
    assert_eq!(
        sandboxed["Reviewer"]["actions"][0]["Opine"]["floor"],
        "NotMet"
    );
}

#[test]
fn prepaid_card_decides_the_same_in_and_out_of_the_sandbox() {
    let sandbox = sandbox("prepaid-card");
    let card = json!({"prepaid": {"paid_fen": 100_000, "bonus_fen": 20_000,
        "consumed_list_fen": 60_000, "consumed_discount_fen": 60_000, "cause": "operator"}});
    let scenario = Scenario::opened("beauty-bathing", 100_000, &json!({}))
        .with("/dispute/facts/stated", json!(card.to_string()))
        .on(json!({"MediationRequested": "Consumer"}));
    let native = scenario.mediate::<PrepaidCard>(&sandbox.rules).unwrap();
    let sandboxed = sandbox.decide(&scenario).unwrap();
    assert_eq!(native, sandboxed);
    let terms = &sandboxed["Mediator"]["actions"][1]["Propose"]["terms"];
    assert_eq!(terms["remedies"][0]["amount"], 50_000);
}
