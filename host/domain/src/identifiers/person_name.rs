//! Masking of personal names: the surname stays.

/// The first character and a star for each other: `王小明` becomes `王**`.
pub fn masked(name: &str) -> String {
    let mut characters = name.chars();
    let first: String = characters.next().into_iter().collect();
    format!("{first}{}", "*".repeat(characters.count().min(8)))
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_surname_shows() {
        assert_eq!(masked("王小明"), "王**");
        assert_eq!(masked("李"), "李");
        assert_eq!(masked(""), "");
    }
}
