//! Names as they are compared: one that is written in another way is the same name.

use unicode_normalization::UnicodeNormalization;

/// Between the parts of names of several peoples of China: different keyboards give
/// different dots for the one of GB/T 2312.
const DOTS: [char; 6] = ['·', '•', '・', '‧', '∙', '.'];

/// In the compatibility form (so that full-width letters are letters), in small letters,
/// without spaces and dots.
pub(super) fn normalised(name: &str) -> String {
    let folded = name.nfkc().flat_map(char::to_lowercase);
    let kept = folded.filter(|character| !character.is_whitespace() && !DOTS.contains(character));
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn a_name_is_the_same_however_it_is_typed() {
        for typed in ["王小明", " 王 小明 ", "王\u{3000}小明"] {
            assert_eq!(normalised(typed), "王小明");
        }
        for typed in ["阿依·古丽", "阿依•古丽", "阿依・古丽", "阿依・古丽"] {
            assert_eq!(normalised(typed), "阿依古丽");
        }
        assert_eq!(normalised("ＡＮＮＡ Lee"), normalised("anna lee"));
        assert_ne!(normalised("王小明"), normalised("王晓明"));
    }
}
