//! Texts that nobody may see: what stands in for secrets and personal data, and the search for them.

/// The secret of the access key.
pub(crate) const KEY: &str = "canary-of-the-secret-key";
/// The token of the temporary credential.
pub(crate) const TOKEN: &str = "canary-of-the-token";
/// A person's name.
pub(crate) const NAME: &str = "CanaryWangXiaoming";
/// A phone number.
pub(crate) const PHONE: &str = "13866007001";
/// An identity number.
pub(crate) const IDENTITY: &str = "11010119900307555X";
/// The name of a person whom only the answer names.
pub(crate) const ANSWERED: &str = "CanaryLiSi";

const ALL: [&str; 6] = [KEY, TOKEN, NAME, PHONE, IDENTITY, ANSWERED];

/// The first of them that the text shows.
pub(crate) fn shown(text: &str) -> Option<&'static str> {
    ALL.into_iter().find(|canary| text.contains(canary))
}
