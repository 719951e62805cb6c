//! Fen arithmetic, the host's own: every plugin rounds the same way.

use crate::bindings::types::hejie::plugin::money;

/// The most an amount can be (`values.fen`): the host knows none above.
const MAX: u64 = 10_000_000_000_000;

/// `amount * numerator / denominator` in whole fen, halves up; `None` where the
/// denominator is 0 or an amount or the result out of range.
pub fn ratio(amount: u64, numerator: u64, denominator: u64) -> Option<u64> {
    if cfg!(all(target_arch = "wasm32", not(feature = "standalone"))) {
        return money::ratio(amount, numerator, denominator);
    }
    if amount > MAX {
        return None;
    }
    let denominator = u128::from(denominator);
    let doubled = u128::from(amount) * u128::from(numerator) * 2 + denominator;
    let whole = doubled.checked_div(denominator * 2)?;
    u64::try_from(whole).ok().filter(|fen| *fen <= MAX)
}

/// As people write it: `¥1,234.50`; what is out of range as the most there is.
pub fn format_fen(amount: u64) -> String {
    if cfg!(all(target_arch = "wasm32", not(feature = "standalone"))) {
        return money::format(amount);
    }
    let amount = amount.min(MAX);
    let digits = (amount / 100).to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    format!("¥{}.{:02}", groups.join(","), amount % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn native_arithmetic_is_the_hosts() {
        assert_eq!(ratio(100, 1, 3), Some(33));
        assert_eq!(ratio(1, 1, 2), Some(1));
        assert_eq!(ratio(1, 1, 0), None);
        assert_eq!(format_fen(123_450), "¥1,234.50");
        assert_eq!(format_fen(5), "¥0.05");
        assert_eq!(ratio(MAX, 1, 1), Some(MAX));
        assert_eq!(ratio(MAX + 1, 1, 2), None);
        assert_eq!(ratio(MAX, 2, 1), None);
        assert_eq!(format_fen(u64::MAX), format_fen(MAX));
    }
}
