//! A bearer token: `hj_` and 64 hexadecimal digits of 256 random bits.

use std::fmt;
use std::str::FromStr;

use hejie_domain::identifiers::digest::Digest;

/// The secret itself. It is shown once, when it is made.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Not a token of this service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token is 'hj_' and 64 hexadecimal digits")]
pub struct TokenError;

impl Token {
    /// A new token from the system's random source.
    pub fn random() -> Token {
        Token(format!("hj_{}", hex::encode(rand::random::<[u8; 32]>())))
    }

    /// What the store keeps. 256 random bits need no salt and no slow hash.
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }

    /// The secret's text, for its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Token {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Token, TokenError> {
        let digits = text.strip_prefix("hj_").ok_or(TokenError)?;
        let well_formed = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if well_formed {
            Ok(Token(text.to_owned()))
        } else {
            Err(TokenError)
        }
    }
}

/// A token never reaches a log.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_token_reads_back_and_no_two_are_alike() {
        let token = Token::random();
        assert_eq!(token.reveal().parse::<Token>(), Ok(token.clone()));
        assert_ne!(token, Token::random());
    }

    #[test]
    fn other_texts_are_refused_and_nothing_shows_in_debug() {
        assert!("hj_12".parse::<Token>().is_err());
        assert!(
            format!("x{}", Token::random().reveal())
                .parse::<Token>()
                .is_err()
        );
        assert_eq!(format!("{:?}", Token::random()), "Token(hidden)");
    }
}
