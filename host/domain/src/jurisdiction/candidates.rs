//! The places whose bureaus the law names, in its order.

use super::Operator;
use crate::identifiers::division_code::DivisionCode;
use crate::rules::Procedure;

/// A place that may have handling power.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub code: &'a DivisionCode,
    /// Where in the operator the code stands, a JSON Pointer.
    pub pointer: &'static str,
    /// The step that says why it is taken.
    pub reason: &'static str,
    /// It counts only where no other place does: not an alternative to one.
    pub only_in_need: bool,
}

impl<'a> Candidate<'a> {
    fn new(code: &'a DivisionCode, pointer: &'static str, reason: &'static str) -> Candidate<'a> {
        Candidate {
            code,
            pointer,
            reason,
            only_in_need: false,
        }
    }
}

/// The places for an operator under a procedure; the first that is known is taken.
pub(super) fn candidates<'a>(operator: &'a Operator, procedure: &Procedure) -> Vec<Candidate<'a>> {
    match operator {
        Operator::Ordinary {
            place_of_business,
            domicile,
        } => ordinary(place_of_business.as_ref(), domicile),
        Operator::Platform { domicile } | Operator::OwnSite { domicile } => {
            vec![Candidate::new(
                domicile,
                "/domicile",
                "jurisdiction-domicile",
            )]
        }
        Operator::InPlatformSeller { .. } if procedure.published_address_decides => {
            seller_since_2026(operator)
        }
        Operator::InPlatformSeller { .. } => seller_before_2026(operator),
    }
}

fn ordinary<'a>(place: Option<&'a DivisionCode>, domicile: &'a DivisionCode) -> Vec<Candidate<'a>> {
    let Some(place) = place else {
        return vec![Candidate::new(
            domicile,
            "/domicile",
            "jurisdiction-domicile",
        )];
    };
    vec![
        Candidate::new(
            place,
            "/place_of_business",
            "jurisdiction-place-of-business",
        ),
        Candidate::new(domicile, "/domicile", "jurisdiction-domicile-instead"),
    ]
}

/// Order 121 art. 13: the published address or the platform's domicile; the latter
/// alone where none is published or nobody is reached there.
fn seller_since_2026(operator: &Operator) -> Vec<Candidate<'_>> {
    let Operator::InPlatformSeller {
        published_address,
        reachable_there,
        platform_domicile,
        ..
    } = operator
    else {
        return Vec::new();
    };
    let platform = |reason| Candidate::new(platform_domicile, "/platform_domicile", reason);
    let address = |code, reason| Candidate::new(code, "/published_address", reason);
    match (published_address, reachable_there) {
        (None, _) => vec![platform("jurisdiction-no-address")],
        (Some(code), true) => vec![
            address(code, "jurisdiction-published-address"),
            platform("jurisdiction-platform-instead"),
        ],
        (Some(code), false) => vec![
            platform("jurisdiction-unreachable"),
            Candidate {
                only_in_need: true,
                ..address(code, "jurisdiction-published-address-instead")
            },
        ],
    }
}

/// Order 20 art. 12: the actual place of business or the platform's domicile.
fn seller_before_2026(operator: &Operator) -> Vec<Candidate<'_>> {
    let Operator::InPlatformSeller {
        place_of_business,
        platform_domicile,
        ..
    } = operator
    else {
        return Vec::new();
    };
    let platform = |reason| Candidate::new(platform_domicile, "/platform_domicile", reason);
    match place_of_business {
        None => vec![platform("jurisdiction-no-seller-place")],
        Some(place) => vec![
            Candidate::new(place, "/place_of_business", "jurisdiction-seller-place"),
            platform("jurisdiction-platform-instead"),
        ],
    }
}
