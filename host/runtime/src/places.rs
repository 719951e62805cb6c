//! Places for instances: a run that finds none free waits for one, so that the
//! engine's pool is never asked for more than it has.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub(crate) struct Places {
    free: Mutex<u32>,
    freed: Condvar,
}

/// A place taken; free again when it is dropped.
pub(crate) struct Place<'a>(&'a Places);

impl Places {
    pub fn of(number: u32) -> Places {
        Places {
            free: Mutex::new(number),
            freed: Condvar::new(),
        }
    }

    /// Waits for a place; whoever holds one gives it back within its time limit.
    pub fn take(&self) -> Place<'_> {
        let mut free = self
            .freed
            .wait_while(self.lock(), |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Place(self)
    }

    /// A number that is only counted up and down is whole after any panic.
    fn lock(&self) -> MutexGuard<'_, u32> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.lock() += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn no_more_than_the_places_are_ever_taken() {
        let (places, inside, most) = (Places::of(3), AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let _place = places.take();
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(most.into_inner() <= 3);
        assert_eq!(*places.lock(), 3);
    }
}
