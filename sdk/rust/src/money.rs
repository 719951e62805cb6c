//! Fen arithmetic, the host's own: every plugin rounds the same way.

use crate::bindings::types::hejie::plugin::money;

/// `amount * numerator / denominator` in whole fen, halves up; `None` where the
/// denominator is 0 or the result out of range.
pub fn ratio(amount: u64, numerator: u64, denominator: u64) -> Option<u64> {
    if cfg!(all(target_arch = "wasm32", not(feature = "standalone"))) {
        return money::ratio(amount, numerator, denominator);
    }
    let denominator = u128::from(denominator);
    let doubled = u128::from(amount) * u128::from(numerator) * 2 + denominator;
    let whole = doubled.checked_div(denominator * 2)?;
    u64::try_from(whole)
        .ok()
        .filter(|fen| *fen <= 10_000_000_000_000)
}

/// As people write it: `¥1,234.50`.
pub fn format_fen(amount: u64) -> String {
    if cfg!(all(target_arch = "wasm32", not(feature = "standalone"))) {
        return money::format(amount);
    }
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
    }
}
