//! In: a text, and how much of its beginning other texts have too. Out: its SHA-256; what recurs is hashed once.
//!
//! The calls of one action at one host differ in the last third of what is hashed.

use std::sync::{PoisonError, RwLock};

use sha2::{Digest as _, Sha256};

/// What SHA-256 takes at a time.
const BLOCK: usize = 64;

/// Beginnings that are kept: one for each action at each host. Those that come first stay: to forget one for another would
/// cost whoever calls more actions than that in turn as much as it saves.
const KEPT: usize = 64;

static BEGINNINGS: RwLock<Vec<Beginning>> = RwLock::new(Vec::new());

/// Whole blocks, and what they have made of the hash. No secret is among them: `canonical` sees to it.
struct Beginning {
    text: Box<[u8]>,
    state: Sha256,
}

/// The hash of a text of which the first `recurring` bytes are worth keeping.
pub(super) fn hash(text: &[u8], recurring: usize) -> [u8; 32] {
    let whole = recurring.min(text.len()) / BLOCK * BLOCK;
    let (beginning, rest) = text.split_at(whole);
    let mut state = if beginning.is_empty() {
        Sha256::new()
    } else {
        find(beginning).unwrap_or_else(|| keep(beginning))
    };
    state.update(rest);
    state.finalize().into()
}

fn find(text: &[u8]) -> Option<Sha256> {
    // A panic elsewhere leaves a list that is as good as before.
    let kept = BEGINNINGS.read().unwrap_or_else(PoisonError::into_inner);
    let found = kept.iter().find(|beginning| *beginning.text == *text);
    found.map(|beginning| beginning.state.clone())
}

fn keep(text: &[u8]) -> Sha256 {
    let state = Sha256::new_with_prefix(text);
    let mut kept = BEGINNINGS.write().unwrap_or_else(PoisonError::into_inner);
    // Others that came at the same time have hashed the same.
    if kept.len() < KEPT && !kept.iter().any(|other| *other.text == *text) {
        kept.push(Beginning {
            text: text.into(),
            state: state.clone(),
        });
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_does_not_depend_on_what_recurs() {
        let text: Vec<u8> = (0..=255).cycle().take(300).collect();
        let expected: [u8; 32] = Sha256::digest(&text).into();
        for recurring in [0, 1, 63, 64, 65, 127, 128, 200, 256, 299, 300, 1_000] {
            for _ in 0..2 {
                assert_eq!(hash(&text, recurring), expected, "{recurring}");
            }
        }
        let mut other = text.clone();
        for at in [0, 63, 64, 127, 128, 299] {
            other[at] ^= 1;
            let expected: [u8; 32] = Sha256::digest(&other).into();
            assert_eq!(hash(&other, 128), expected, "{at}");
        }
    }

    #[test]
    fn no_more_are_kept_than_have_room() {
        for number in 0..2 * KEPT {
            let text = [number.to_le_bytes(); 20].concat();
            assert_eq!(
                hash(&text, text.len()),
                <[u8; 32]>::from(Sha256::digest(&text))
            );
        }
        assert_eq!(BEGINNINGS.read().unwrap().len(), KEPT);
    }
}
