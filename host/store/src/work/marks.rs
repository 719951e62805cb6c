//! What a file is filtered by, as words that no text has: each begins with a
//! letter and a colon.

use jiff::civil::Date;

use super::place::Day;

/// Characters of a unit's id that name its province, its city, its county, and a station.
const LEVELS: [usize; 4] = [2, 4, 6, 9];

/// A subtree of units by its leading digits.
pub(crate) fn subtree(digits: &str) -> String {
    mark('d', digits)
}

pub(crate) fn phase(name: &str) -> String {
    mark('p', name)
}

/// The kind of file.
pub(crate) fn kind(name: &str) -> String {
    mark('k', name)
}

pub(crate) fn category(id: &str) -> String {
    mark('c', id)
}

pub(crate) fn organisation(id: &str) -> String {
    mark('o', id)
}

/// Received on this day.
pub(crate) fn day(day: Date) -> String {
    mark('r', &day.strftime("%Y%m%d").to_string())
}

/// Received in the month of this day.
pub(crate) fn month(day: Date) -> String {
    mark('m', &day.strftime("%Y%m").to_string())
}

/// Waits until this day, or for nobody since it.
pub(crate) fn stands(day: Day) -> String {
    let date = |date: Date| date.strftime("%Y%m%d").to_string();
    match day {
        Day::Due(day) => mark('w', &date(day)),
        Day::Open => mark('w', "none"),
        Day::Over(day) => mark('e', &date(day)),
    }
}

/// Waits for nobody, since whatever day.
pub(crate) fn over() -> String {
    mark('e', "any")
}

/// A few digits of a telephone number.
pub(crate) fn phone(digits: &str) -> String {
    mark('t', digits)
}

/// The subtrees that a unit lies in, but for the whole country.
pub(crate) fn subtrees(unit: &str) -> impl Iterator<Item = String> {
    LEVELS
        .iter()
        .filter_map(|level| unit.get(..*level))
        .map(subtree)
}

/// Characters other than small letters and digits by their number, so that two
/// values never give one mark, and none breaks out of it.
fn mark(kind: char, value: &str) -> String {
    let mut mark = format!("{kind}:");
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => mark.push(char::from(byte)),
            other => mark.push_str(&format!(".{other:02x}")),
        }
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn marks_are_plain_and_tell_values_apart() {
        assert_eq!(category("home-goods"), "c:home.2dgoods");
        assert_eq!(organisation("Shop' OR \""), "o:.53hop.27.20.4f.52.20.22");
        assert_ne!(organisation("shop"), organisation("Shop"));
        assert_eq!(day(date(2026, 5, 8)), "r:20260508");
        assert_eq!(month(date(2026, 5, 8)), "m:202605");
        let subtrees: Vec<String> = subtrees("420106").collect();
        assert_eq!(subtrees, ["d:42", "d:4201", "d:420106"]);
        let station = super::subtrees("420106-03").last();
        assert_eq!(station, Some(subtree("420106-03")));
    }
}
