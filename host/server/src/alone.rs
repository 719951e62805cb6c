//! One change of a case at a time within this server. Another server's change is
//! met by the version of the case; here rivals wait for each other instead.

use std::hash::{BuildHasher, RandomState};

use tokio::sync::{Mutex, MutexGuard};

/// Cases share a lock now and then; so many that it seldom happens.
const LOCKS: usize = 256;

/// A lock for each case.
pub struct Alone {
    locks: [Mutex<()>; LOCKS],
    hasher: RandomState,
}

/// The right to change a case, until it is dropped. Whoever holds one asks for no
/// second: two cases may share a lock.
pub struct Turn<'a> {
    _guard: MutexGuard<'a, ()>,
    /// True where another had the turn first, so that what was read before is old.
    pub waited: bool,
}

impl Default for Alone {
    fn default() -> Alone {
        Alone {
            locks: std::array::from_fn(|_| Mutex::new(())),
            hasher: RandomState::new(),
        }
    }
}

impl Alone {
    /// Waits until nobody else here changes the case; first come, first served.
    pub async fn with(&self, case_id: &str) -> Turn<'_> {
        let shard = self.hasher.hash_one(case_id) as usize % LOCKS;
        let lock = &self.locks[shard];
        match lock.try_lock() {
            Ok(guard) => Turn {
                _guard: guard,
                waited: false,
            },
            Err(_) => Turn {
                _guard: lock.lock().await,
                waited: true,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn rivals_for_a_case_come_one_after_the_other() {
        let alone = Arc::new(Alone::default());
        let inside = Arc::new(AtomicUsize::new(0));
        let rivals: Vec<_> = (0..50)
            .map(|_| {
                let (alone, inside) = (alone.clone(), inside.clone());
                tokio::spawn(async move {
                    let _turn = alone.with("a case").await;
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    tokio::task::yield_now().await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        for rival in rivals {
            rival.await.unwrap();
        }
        assert!(!alone.with("a case").await.waited);
    }
}
