//! How long a receiver is left alone after a try that failed: longer each time,
//! from a second to a day.

use jiff::SignedDuration;

const SECONDS: [i64; 10] = [1, 5, 30, 120, 600, 3_600, 10_800, 21_600, 43_200, 86_400];

/// The pause after so many tries that failed before.
pub fn after(tries: u32) -> SignedDuration {
    let last = SECONDS.len() - 1;
    let step = usize::try_from(tries).unwrap_or(last).min(last);
    SignedDuration::from_secs(SECONDS[step])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_day_and_no_further() {
        assert_eq!(after(0), SignedDuration::from_secs(1));
        assert!((1..10).all(|tries| after(tries) > after(tries - 1)));
        assert_eq!(after(u32::MAX), SignedDuration::from_hours(24));
    }
}
