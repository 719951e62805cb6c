//! Prepaid cards (SPC interpretation 法释〔2025〕4号; penalty measures art. 10).

mod amount;
pub(super) mod cooling_off;
pub(super) mod late_refund;
pub(super) mod refund;
#[cfg(test)]
mod tests;
