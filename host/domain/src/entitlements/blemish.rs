//! Blemishes of the label, the leaflet or the advertising that neither affect the
//! quality nor mislead: no increased damages for fraud (implementing regulation,
//! State Council Order 778, art. 49 para. 1).

use crate::facts::Facts;
use crate::text::Text;

/// Why nothing is given; `None` where no such blemish is stated.
pub(super) fn why(facts: &Facts) -> Option<Text> {
    facts
        .is_label_blemish_only()
        .then(|| Text::new("entitlement-blemish-no-fraud"))
}
