//! What a filing says of its respondent's places must lead to an authority, here or in
//! another province.

use super::candidates::candidates;
use super::{JurisdictionError, Operator, Place, first_county};
use crate::rules::RuleBook;

const MAX_PLATFORM: usize = 100;

/// Checks an operator at filing: one of its places must be a county known here, or the
/// first lie in another province, by the newest procedure, since a case may become a
/// complaint much later. A fault comes with the JSON Pointer of the field, below the
/// operator.
pub fn check(operator: &Operator, rules: &RuleBook) -> Result<(), (String, JurisdictionError)> {
    if let Operator::InPlatformSeller { platform, .. } = operator {
        check_platform(platform).map_err(|fault| ("/platform".to_owned(), fault))?;
    }
    let Some(procedure) = rules.procedures().last() else {
        return Ok(());
    };
    let named = candidates(operator, procedure);
    let pointer = named.first().map_or("", |first| first.pointer);
    let places: Vec<Place> = named.into_iter().map(Place::from).collect();
    match first_county(&places, rules.divisions()) {
        Ok(_) | Err(JurisdictionError::Elsewhere(_)) => Ok(()),
        Err(fault) => Err((pointer.to_owned(), fault)),
    }
}

fn check_platform(name: &str) -> Result<(), JurisdictionError> {
    if name.trim().is_empty() {
        return Err(JurisdictionError::NoPlatform);
    }
    if name.chars().count() > MAX_PLATFORM {
        let limit = MAX_PLATFORM;
        return Err(JurisdictionError::LongPlatform { limit });
    }
    match name.chars().position(char::is_control) {
        Some(position) => Err(JurisdictionError::ControlCharacter { position }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::{Value, json};

    fn checked(operator: Value) -> Result<(), (String, JurisdictionError)> {
        let operator: Operator = serde_json::from_value(operator).unwrap();
        check(&operator, &RuleBook::builtin().unwrap())
    }

    fn seller(platform: &str) -> Value {
        json!({"kind": "in_platform_seller", "platform": platform, "platform_domicile": "420111"})
    }

    #[rstest]
    #[case(json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "990000"}))]
    #[case(json!({"kind": "ordinary", "place_of_business": "310104", "domicile": "420106"}))]
    #[case(json!({"kind": "platform", "domicile": "429004"}))]
    #[case(json!({"kind": "own_site", "domicile": "310104"}))]
    #[case(json!({"kind": "in_platform_seller", "published_address": "310104", "platform": "x",
        "platform_domicile": "310000"}))]
    #[case(seller("江汉优选"))]
    #[case(seller(&"选".repeat(100)))]
    fn an_operator_with_a_county_known_here_or_of_another_province_is_taken(
        #[case] operator: Value,
    ) {
        assert_eq!(checked(operator), Ok(()));
    }

    #[rstest]
    #[case(json!({"kind": "platform", "domicile": "420000"}), "/domicile")]
    #[case(json!({"kind": "own_site", "domicile": "420199"}), "/domicile")]
    #[case(json!({"kind": "ordinary", "domicile": "000000"}), "/domicile")]
    #[case(json!({"kind": "ordinary", "place_of_business": "420100", "domicile": "310104"}),
        "/place_of_business")]
    #[case(json!({"kind": "in_platform_seller", "published_address": "990104", "platform": "x",
        "platform_domicile": "310000"}), "/published_address")]
    #[case(json!({"kind": "in_platform_seller", "platform": "x", "platform_domicile": "420100"}),
        "/platform_domicile")]
    #[case(seller(" "), "/platform")]
    #[case(seller(&"选".repeat(101)), "/platform")]
    #[case(seller("江汉\n优选"), "/platform")]
    fn a_fault_names_its_field(#[case] operator: Value, #[case] pointer: &str) {
        assert_eq!(checked(operator).unwrap_err().0, pointer);
    }
}
