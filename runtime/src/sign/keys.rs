//! In: a secret key and the steps of a scope. Out: the keys that are derived for it, kept while the scope is in use.
//!
//! A key holds for a day, and deriving it costs more than signing with it.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use hmac::{Hmac, KeyInit};
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use super::hmac_sha256;

/// Scopes that are kept for a credential: a day, a service and perhaps a region make one. Around midnight, with servers whose
/// clocks differ, two days are in use.
const KEPT: usize = 16;

/// The keys derived from one secret key.
///
/// Signing only reads, so that calls do not wait for each other but at the first one of a day.
#[derive(Default)]
pub(crate) struct DerivedKeys(RwLock<Vec<Arc<Derivation>>>);

/// The keys of one scope.
pub(super) struct Derivation {
    algorithm: &'static str,
    scope: Vec<String>,
    keys: Vec<[u8; 32]>,
    /// The last key, ready to sign. Overwritten when dropped, which is a feature of `sha2`.
    signing: Hmac<Sha256>,
}

impl DerivedKeys {
    /// The keys for a scope, derived one from the other from what `root_key` gives. Scopes of two algorithms may look alike.
    pub(super) fn of(
        &self,
        algorithm: &'static str,
        scope: &[&str],
        root_key: impl FnOnce() -> Zeroizing<String>,
    ) -> Arc<Derivation> {
        let is_it = |kept: &&Arc<Derivation>| kept.algorithm == algorithm && kept.scope == scope;
        // A panic elsewhere leaves a list that is as good as before.
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.iter().find(is_it) {
            return Arc::clone(found);
        }
        drop(kept);
        let derived = Arc::new(Derivation::new(algorithm, scope, &root_key()));
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Others that came at the same time have derived the same.
        if !kept.iter().any(|other| is_it(&other)) {
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push(Arc::clone(&derived));
        }
        derived
    }
}

/// A copy of a credential derives its own.
impl Clone for DerivedKeys {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for DerivedKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DerivedKeys")
    }
}

impl Derivation {
    fn new(algorithm: &'static str, scope: &[&str], root_key: &str) -> Self {
        let mut keys: Vec<[u8; 32]> = Vec::with_capacity(scope.len());
        for step in scope {
            let key = keys
                .last()
                .map_or(root_key.as_bytes(), |key| key.as_slice());
            keys.push(hmac_sha256(key, step.as_bytes()));
        }
        let last = keys
            .last()
            .map_or(root_key.as_bytes(), |key| key.as_slice());
        let signing = Hmac::new_from_slice(last).expect("HMAC takes a key of any length");
        Self {
            algorithm,
            scope: scope.iter().map(|step| (*step).to_owned()).collect(),
            keys,
            signing,
        }
    }

    /// The keys, the signing key last.
    pub(super) fn keys(&self) -> &[[u8; 32]] {
        &self.keys
    }

    /// The signing key, with which nothing has been signed yet.
    pub(super) fn signing(&self) -> Hmac<Sha256> {
        self.signing.clone()
    }
}

impl Drop for Derivation {
    fn drop(&mut self) {
        self.keys.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Zeroizing<String> {
        Zeroizing::new("root".to_owned())
    }

    #[test]
    fn a_scope_is_derived_once() {
        let keys = DerivedKeys::default();
        let first = keys.of("A", &["2024-01-01", "ess"], root);
        let again = keys.of("A", &["2024-01-01", "ess"], || panic!("it is kept"));
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn scopes_are_told_apart_whatever_they_look_like_joined() {
        let keys = DerivedKeys::default();
        let all = [
            keys.of("A", &["2024-01-01", "ess"], root),
            keys.of("A", &["2024-01-02", "ess"], root),
            keys.of("A", &["2024-01-01/ess"], root),
            keys.of("A", &["2024-01-01", "ess", ""], root),
            keys.of("A", &[], root),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(
                all[..index]
                    .iter()
                    .all(|other| one.keys != other.keys || one.scope != other.scope)
            );
        }
        let other = keys.of("B", &["2024-01-01", "ess"], || {
            Zeroizing::new("other".to_owned())
        });
        assert_ne!(other.keys, all[0].keys);
    }

    #[test]
    fn no_more_are_kept_than_are_in_use() {
        let keys = DerivedKeys::default();
        let days: Vec<String> = (0..40).map(|day| format!("2024-01-{day:02}")).collect();
        for day in &days {
            keys.of("A", &[day], root);
        }
        assert_eq!(keys.0.read().unwrap().len(), KEPT);
        keys.of("A", &[&days[39]], || panic!("the last one is kept"));
        let derived = keys.of("A", &[&days[0]], root);
        assert_eq!(derived.keys[0], hmac_sha256(b"root", days[0].as_bytes()));
    }
}
