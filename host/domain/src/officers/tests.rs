use jiff::civil::date;
use rstest::rstest;

use super::*;

const TODAY: Date = date(2026, 5, 18);

fn unit(id: &str) -> UnitId {
    id.parse().unwrap()
}

fn post(id: &str, role: OfficerRole, from: Date) -> NewPost {
    NewPost {
        unit: unit(id),
        role,
        from,
    }
}

fn officer() -> Officer {
    let rules = RuleBook::builtin().unwrap();
    let mut officer = Officer::new("o-1", "周敏").unwrap();
    let first = post("420106", OfficerRole::Handler, date(2025, 1, 1));
    officer.begin(first, TODAY, &rules).unwrap();
    officer
}

#[test]
fn a_transfer_leaves_the_post_before_it_as_it_was() {
    let rules = RuleBook::builtin().unwrap();
    let mut officer = officer();
    officer.end(1, date(2026, 5, 31), TODAY).unwrap();
    let next = post("420111", OfficerRole::Head, date(2026, 6, 1));
    officer.begin(next, TODAY, &rules).unwrap();
    let acting = |day| officer.acting(day, None).map(|post| post.seq);
    assert_eq!(acting(date(2024, 12, 31)), Err(NoPost::None));
    assert_eq!(acting(date(2025, 1, 1)), Ok(1));
    assert_eq!(acting(date(2026, 5, 31)), Ok(1), "the last day is hers");
    assert_eq!(acting(date(2026, 6, 1)), Ok(2));
    assert_eq!(officer.posts()[0].unit, unit("420106"));
}

#[test]
fn in_a_unit_she_holds_one_role_at_a_time() {
    let rules = RuleBook::builtin().unwrap();
    let mut officer = officer();
    let again = |day| post("420106", OfficerRole::Head, day);
    let refused = officer.begin(again(TODAY), TODAY, &rules);
    assert!(matches!(
        refused,
        Err(Refusal::Repeated { what: "post", .. })
    ));
    officer.end(1, date(2026, 5, 20), TODAY).unwrap();
    let last_day = officer.begin(again(date(2026, 5, 20)), TODAY, &rules);
    assert!(last_day.is_err());
    officer
        .begin(again(date(2026, 5, 21)), TODAY, &rules)
        .unwrap();
}

#[test]
fn with_posts_in_several_units_she_says_in_which_she_acts() {
    let rules = RuleBook::builtin().unwrap();
    let mut officer = officer();
    let second = post("420100", OfficerRole::Supervisor, TODAY);
    officer.begin(second, TODAY, &rules).unwrap();
    let held = vec![unit("420106"), unit("420100")];
    assert_eq!(officer.acting(TODAY, None), Err(NoPost::Several(held)));
    let named = officer.acting(TODAY, Some(&unit("420100"))).unwrap();
    assert_eq!(named.role, OfficerRole::Supervisor);
    let elsewhere = officer.acting(TODAY, Some(&unit("420111")));
    assert_eq!(elsewhere, Err(NoPost::NotInUnit));
}

#[test]
fn a_post_ends_once_and_not_before_it_began() {
    let mut officer = officer();
    let field = |refused: Result<(), Refusal>| match refused {
        Err(Refusal::Invalid { field, .. }) => field,
        other => format!("{other:?}"),
    };
    assert_eq!(field(officer.end(1, date(2024, 12, 31), TODAY)), "/until");
    assert!(matches!(
        officer.end(2, TODAY, TODAY),
        Err(Refusal::Unknown { what: "post", .. })
    ));
    officer.end(1, TODAY, TODAY).unwrap();
    assert!(matches!(
        officer.end(1, TODAY, TODAY),
        Err(Refusal::NotOpen { what: "post", .. })
    ));
}

#[test]
fn a_post_is_in_a_unit_there_is_and_on_a_day_one_can_mean() {
    let rules = RuleBook::builtin().unwrap();
    let mut officer = Officer::new("o-1", "周敏").unwrap();
    for (unit, from, wrong) in [
        ("429999", TODAY, "/unit"),
        ("420106", date(2001, 1, 1), "/from"),
        ("420106", date(2031, 1, 1), "/from"),
    ] {
        let refused = officer.begin(post(unit, OfficerRole::Head, from), TODAY, &rules);
        assert!(
            matches!(&refused, Err(Refusal::Invalid { field, .. }) if field == wrong),
            "{refused:?}"
        );
    }
    assert!(Officer::new("周", "周敏").is_err() && Officer::new("o", "周\u{202e}").is_err());
}

#[rstest]
#[case(
    OfficerRole::Intake,
    "dispatch request-material check-identity file-complaint report inquire"
)]
#[case(
    OfficerRole::Handler,
    "dispatch request-material check-identity file-complaint report inquire accept-complaint \
     terminate-mediation record-visit draw-visits"
)]
#[case(
    OfficerRole::Supervisor,
    "supervise designate take-up record-visit draw-visits decide-extension"
)]
fn a_role_has_its_acts_and_no_others(#[case] role: OfficerRole, #[case] own: &str) {
    let all = "dispatch request-material check-identity file-complaint report inquire \
               accept-complaint terminate-mediation record-visit draw-visits supervise \
               designate take-up decide-extension";
    let does: Vec<&str> = all.split(' ').filter(|it| role.does(it)).collect();
    let mut own: Vec<&str> = own.split(' ').collect();
    own.sort_by_key(|act| all.find(act));
    assert_eq!(does, own);
    assert!(all.split(' ').all(|act| OfficerRole::Head.does(act)));
}
