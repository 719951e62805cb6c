//! Which authority verifies a report (Order 121 art. 29, 31, 32), with the steps that
//! led there.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::filing::ReportFiling;
use crate::case::clocks::periods;
use crate::identifiers::division_code::DivisionCode;
use crate::identifiers::unit_id::UnitId;
use crate::jurisdiction::{Jurisdiction, JurisdictionError, Operator, Place, resolve_places};
use crate::rules::{ReportPlaces, RuleBook};
use crate::text::Text;

/// An advertisement, and where those who made it are (art. 32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "medium", rename_all = "snake_case", deny_unknown_fields)]
pub enum Advertising {
    /// Broadcast, film, television, newspapers, journals.
    MassMedia {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        publisher: DivisionCode,
    },
    /// On the internet, published by another.
    Internet {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        publisher: DivisionCode,
        /// The advertiser's place, or that of its agency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        advertiser: Option<DivisionCode>,
    },
    /// On the internet, published by the advertiser itself.
    OwnInternet {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        advertiser: DivisionCode,
    },
}

/// Finds the authority that verifies a report received on a day.
pub fn resolve(
    filing: &ReportFiling,
    received_on: Date,
    rules: &RuleBook,
) -> Result<Jurisdiction, JurisdictionError> {
    let procedure = rules
        .procedure_on(received_on)
        .ok_or(JurisdictionError::NoRules(received_on))?;
    let articles = &procedure.report_places;
    let (article, kind, places) = match &filing.advertising {
        Some(advertising) => {
            let places = published(advertising);
            (&articles.advertising, "report-place-advertising", places)
        }
        None => of_operator(filing, articles),
    };
    resolve_places(kind, article, &places, procedure, rules)
}

/// Of what an authority found itself: it verifies it, a station for the authority that it
/// belongs to (art. 27).
pub fn of_finder(
    finder: &UnitId,
    found_on: Date,
    rules: &RuleBook,
) -> Result<Jurisdiction, JurisdictionError> {
    let procedure = rules
        .procedure_on(found_on)
        .ok_or(JurisdictionError::NoRules(found_on))?;
    let code = finder.authority().as_str().parse::<DivisionCode>();
    let code = code.map_err(|_| JurisdictionError::NoPlace)?;
    let verification = procedure.periods.get(periods::LEAD_VERIFICATION);
    Ok(Jurisdiction {
        division_name: rules.divisions().full_name(&code),
        division: code,
        alternatives: Vec::new(),
        article: verification.map_or_else(|| procedure.cite(""), |rule| rule.article.clone()),
        steps: vec![Text::new("report-place-finder")],
    })
}

fn published(advertising: &Advertising) -> Vec<Place<'_>> {
    match advertising {
        Advertising::MassMedia { publisher } => {
            vec![Place::new(publisher, "report-place-publisher")]
        }
        Advertising::Internet {
            publisher,
            advertiser,
        } => {
            let mut places = vec![Place::new(publisher, "report-place-publisher")];
            let also = advertiser.as_ref();
            places.extend(also.map(|code| Place::new(code, "report-place-advertiser")));
            places
        }
        Advertising::OwnInternet { advertiser } => {
            vec![Place::new(advertiser, "report-place-advertiser")]
        }
    }
}

type Places<'a> = (&'a String, &'static str, Vec<Place<'a>>);

fn of_operator<'a>(filing: &'a ReportFiling, articles: &'a ReportPlaces) -> Places<'a> {
    match &filing.reported.operator {
        Operator::Ordinary {
            place_of_business,
            domicile,
        } => {
            let act = filing.act_place.as_ref();
            let mut places: Vec<Place> = act
                .map(|code| Place::new(code, "report-place-act"))
                .into_iter()
                .collect();
            let business = place_of_business.as_ref();
            places.extend(business.map(|code| Place::in_need(code, "report-place-business")));
            places.push(Place::in_need(domicile, "report-place-domicile"));
            (&articles.ordinary, "report-place-ordinary", places)
        }
        Operator::Platform { domicile } | Operator::OwnSite { domicile } => {
            let places = vec![Place::new(domicile, "report-place-domicile")];
            (&articles.online, "report-place-online", places)
        }
        Operator::InPlatformSeller {
            place_of_business,
            platform_domicile,
            ..
        } => {
            let business = place_of_business.as_ref();
            let mut places: Vec<Place> = business
                .map(|code| Place::new(code, "report-place-business"))
                .into_iter()
                .collect();
            places.push(Place::new(platform_domicile, "report-place-platform"));
            (&articles.online, "report-place-seller", places)
        }
    }
}
