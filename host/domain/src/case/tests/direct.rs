use super::scene::{Scene, agent, consumer, filing, officer_as, officer_of};
use crate::case::command::Command;
use crate::case::complaint::EscalationCause;
use crate::case::intake::{Channel, RegisterAt};
use crate::case::{Actor, Intake, Phase, Refusal};
use crate::jurisdiction::Operator;
use crate::officers::OfficerRole;

pub(super) fn called() -> Intake {
    Intake {
        channel: Channel::Hotline,
        caller: Some("027-87654321".parse().unwrap()),
        ..Intake::default()
    }
}

pub(super) fn at_intake() -> Intake {
    Intake {
        register_at: RegisterAt::IntakeUnit,
        ..called()
    }
}

fn field(refused: Result<Scene, Refusal>) -> String {
    match refused.err() {
        Some(Refusal::Invalid { field, .. }) => field,
        other => format!("{other:?}"),
    }
}

pub(super) fn running(scene: &Scene) -> Vec<&str> {
    let clocks = scene.case.clocks.iter().filter(|clock| clock.is_running());
    clocks.map(|clock| clock.period.as_str()).collect()
}

#[test]
fn a_call_is_registered_at_once_where_the_law_says() {
    let intake = officer_as("420100", OfficerRole::Intake);
    let scene = Scene::direct(intake.clone(), called()).unwrap();
    let complaint = scene.case.complaint.as_ref().unwrap();
    assert_eq!(scene.case.phase, Phase::Registered);
    assert_eq!(complaint.unit.as_str(), "420106");
    assert_eq!(complaint.cause, EscalationCause::Direct);
    assert!(!complaint.jurisdiction.steps.is_empty(), "it is explained");
    assert_eq!(running(&scene), ["acceptance"]);
    let entered = scene.case.entered.as_ref().unwrap();
    assert_eq!(
        (&entered.by, entered.intake.channel),
        (&intake, Channel::Hotline)
    );
    assert_eq!(scene.case.consumer_id, None);
}

#[test]
fn at_the_intake_unit_it_waits_for_dispatch_and_acceptance_begins_below() {
    let city = officer_as("420100", OfficerRole::Intake);
    let mut scene = Scene::direct(city.clone(), at_intake()).unwrap();
    assert_eq!(
        scene.case.complaint.as_ref().unwrap().unit.as_str(),
        "420100"
    );
    assert_eq!(running(&scene), ["intake-dispatch"]);
    let dispatch = Command::Dispatch {
        to: "420106".parse().unwrap(),
        note: "请办理".into(),
        report_by: None,
    };
    scene.does(&city, dispatch).unwrap();
    assert_eq!(running(&scene), ["acceptance"]);
    scene
        .does(&officer_of("420106"), Command::AcceptComplaint)
        .unwrap();
}

#[test]
fn another_provinces_matter_waits_at_the_provinces_intake() {
    let mut elsewhere = filing();
    elsewhere.respondent.operator = Operator::OwnSite {
        domicile: "310104".parse().unwrap(),
    };
    let filed = Scene::direct_with(consumer(), Intake::default(), elsewhere.clone(), None);
    let scene = filed.unwrap();
    let unit = &scene.case.complaint.as_ref().unwrap().unit;
    assert_eq!(unit.as_str(), "420000");
    assert_eq!(running(&scene), ["intake-dispatch"]);
    let mut negotiated = Scene::filed_with(elsewhere).unwrap();
    negotiated.escalates();
    assert_eq!(running(&negotiated), ["intake-dispatch"]);
}

#[test]
fn at_the_competent_authoritys_own_window_acceptance_runs_from_the_start() {
    let scene = Scene::direct(officer_of("420106"), at_intake()).unwrap();
    assert_eq!(running(&scene), ["acceptance"]);
}

#[test]
fn of_several_with_power_the_one_that_received_it_first_has_it() {
    for intake in [Intake::default(), at_intake()] {
        let window = Intake {
            channel: Channel::Window,
            caller: None,
            ..intake
        };
        let scene = Scene::direct(officer_of("420111"), window).unwrap();
        let complaint = scene.case.complaint.as_ref().unwrap();
        assert_eq!(complaint.unit.as_str(), "420111");
        assert_eq!(running(&scene), ["acceptance"], "the file waits for nobody");
        let others = complaint.jurisdiction.alternatives.iter();
        let others: Vec<_> = others.map(|it| it.as_str()).collect();
        assert_eq!(others, ["420106"]);
        let steps = complaint.jurisdiction.steps.iter();
        let last = steps.last().unwrap();
        assert_eq!(last.id, "jurisdiction-received-first");
    }
    let neither = Scene::direct(officer_of("420102"), called()).unwrap();
    let complaint = neither.case.complaint.as_ref().unwrap();
    assert_eq!(complaint.unit.as_str(), "420106");
}

#[test]
fn the_consumer_goes_straight_to_the_authority_by_the_web_alone() {
    let scene = Scene::direct(consumer(), Intake::default()).unwrap();
    assert_eq!(scene.case.consumer_id.as_deref(), Some("c-1"));
    assert_eq!(scene.case.phase, Phase::Registered);
    let refused = |intake| field(Scene::direct(consumer(), intake));
    assert_eq!(refused(called()), "/channel");
    let at_unit = Intake {
        register_at: RegisterAt::IntakeUnit,
        ..Intake::default()
    };
    assert_eq!(refused(at_unit), "/register_at");
    let named = Scene::direct_with(consumer(), Intake::default(), filing(), Some("c-2"));
    assert_eq!(field(named), "/consumer_id");
}

#[test]
fn an_account_that_was_named_is_hers() {
    let intake = officer_as("420100", OfficerRole::Intake);
    let scene = Scene::direct_with(intake, called(), filing(), Some("c-1"));
    let mut scene = scene.unwrap();
    scene.does(&consumer(), Command::Withdraw).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
}

#[test]
fn a_call_has_a_caller_and_nothing_else_has() {
    let officer = officer_of("420106");
    let refused = |intake| field(Scene::direct(officer.clone(), intake));
    let unnamed = Intake {
        caller: None,
        ..called()
    };
    assert_eq!(refused(unnamed), "/caller");
    let letter = Intake {
        channel: Channel::Letter,
        ..called()
    };
    assert_eq!(refused(letter), "/caller");
    let web = Intake {
        channel: Channel::Web,
        ..called()
    };
    assert_eq!(refused(web), "/channel");
}

#[test]
fn a_partner_sends_in_by_its_own_reference_and_does_nothing_more() {
    let partner = Actor::Partner {
        id: "hotline".into(),
        name: "12345热线".into(),
    };
    let sent = Intake {
        channel: Channel::Partner,
        reference: Some("12345-1".into()),
        ..Intake::default()
    };
    let mut scene = Scene::direct(partner.clone(), sent.clone()).unwrap();
    assert_eq!(scene.case.phase, Phase::Registered);
    assert!(scene.does(&partner, Command::Withdraw).is_err());
    let unnamed = Intake {
        reference: None,
        ..sent.clone()
    };
    assert_eq!(field(Scene::direct(partner, unnamed)), "/reference");
    let officer = officer_of("420106");
    assert_eq!(field(Scene::direct(officer, sent)), "/channel");
    let numbered = Intake {
        reference: Some("1".into()),
        ..called()
    };
    assert_eq!(
        field(Scene::direct(officer_of("420106"), numbered)),
        "/reference"
    );
}

#[test]
fn both_addresses_are_there_and_nothing_waits_for_a_negotiation() {
    let with = |change: &dyn Fn(&mut crate::case::Filing)| {
        let mut filing = filing();
        change(&mut filing);
        field(Scene::direct_with(
            officer_of("420106"),
            called(),
            filing,
            None,
        ))
    };
    let no_address = with(&|filing| filing.consumer.address = None);
    assert_eq!(no_address, "/consumer/address");
    let no_address = with(&|filing| filing.respondent.address = None);
    assert_eq!(no_address, "/respondent/address");
    let wish = with(&|filing| filing.escalate_on_expiry = true);
    assert_eq!(wish, "/escalate_on_expiry");
}

#[test]
fn it_is_entered_by_whose_post_it_is() {
    let supervisor = officer_as("420106", OfficerRole::Supervisor);
    let refused = Scene::direct(supervisor, called()).err();
    assert!(matches!(refused, Some(Refusal::OtherRole { .. })));
    for stranger in [agent(), Actor::Platform] {
        let refused = Scene::direct(stranger, Intake::default()).err();
        assert!(matches!(refused, Some(Refusal::NotAllowed { .. })));
    }
}
