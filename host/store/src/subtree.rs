//! Which units lie below one, as the indexes have it: by the two, four or six leading digits
//! that a province, a city, a county share, and a station by its whole id.

/// Digits of a county's code; a station's id goes on after them.
const COUNTY: usize = 6;

/// The condition that a column's unit lies in a subtree, and its arguments behind those that
/// are there; `None` for the whole country, in which all lie.
pub(crate) fn condition(
    column: &str,
    subtree: &str,
    arguments: &mut Vec<String>,
) -> Option<String> {
    let shared = subtree.get(..subtree.len().min(COUNTY))?;
    if shared.is_empty() {
        return None;
    }
    arguments.push(shared.to_owned());
    let (length, place) = (shared.len(), arguments.len());
    let mut condition = format!("substr({column}, 1, {length}) = ${place}");
    if subtree.len() > COUNTY {
        arguments.push(subtree.to_owned());
        condition += &format!(" AND {column} = ${}", arguments.len());
    }
    Some(condition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", None, &[])]
    #[case("42", Some("substr(unit, 1, 2) = $1"), &["42"])]
    #[case("420106", Some("substr(unit, 1, 6) = $1"), &["420106"])]
    #[case("420106-03", Some("substr(unit, 1, 6) = $1 AND unit = $2"), &["420106", "420106-03"])]
    fn a_subtree_is_asked_for_as_the_indexes_have_it(
        #[case] subtree: &str,
        #[case] expected: Option<&str>,
        #[case] bound: &[&str],
    ) {
        let mut arguments = Vec::new();
        let condition = condition("unit", subtree, &mut arguments);
        assert_eq!(condition.as_deref(), expected);
        assert_eq!(arguments, bound);
    }
}
