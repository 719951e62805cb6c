//! The server's clock: the system's, or one an operator set for a rehearsal. A
//! rehearsal's clock runs on from where it was set and can be moved forward, so
//! that days of a case pass in moments.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

pub struct Clock {
    /// Seconds ahead of the system's clock.
    ahead: AtomicI64,
    rehearsal: bool,
}

impl Clock {
    pub fn system() -> Clock {
        Clock {
            ahead: AtomicI64::new(0),
            rehearsal: false,
        }
    }

    /// A clock that shows `start` now.
    pub fn rehearsal(start: Timestamp) -> Clock {
        let ahead = start.as_second() - Timestamp::now().as_second();
        Clock {
            ahead: AtomicI64::new(ahead),
            rehearsal: true,
        }
    }

    pub fn is_rehearsal(&self) -> bool {
        self.rehearsal
    }

    /// Moves a rehearsal forward to what is recorded already, where it is behind.
    pub fn not_before(&self, recorded: Timestamp) {
        // Rounded up to the whole second.
        let behind = recorded.as_second() + 1 - self.now().as_second();
        self.advance(u32::try_from(behind).unwrap_or(0));
    }

    pub fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        Timestamp::now()
            .checked_add(ahead)
            .unwrap_or(Timestamp::MAX)
    }

    /// Moves a rehearsal forward; false on the system's clock, which nobody moves.
    pub fn advance(&self, seconds: u32) -> bool {
        if self.rehearsal {
            self.ahead.fetch_add(i64::from(seconds), Ordering::Relaxed);
        }
        self.rehearsal
    }
}
