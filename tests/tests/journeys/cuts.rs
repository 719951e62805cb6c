//! A host that ends at one place between two steps after another, while people go on as
//! if nothing was: what is sent without an answer is sent once more, under its key.

use hejie_faults::FaultPoint;
use hejie_tests::Client;
use serde_json::Value;

use crate::platforms::Platform;
use crate::power_cut::hejie;
use crate::reports::everything_of;

/// The places that every request passes which changes a file, in their order.
pub const COMMIT: [FaultPoint; 6] = [
    FaultPoint::CommitBegun,
    FaultPoint::EventsWritten,
    FaultPoint::ProjectionWritten,
    FaultPoint::CommitWritten,
    FaultPoint::Committed,
    FaultPoint::AnswerReady,
];

/// A platform on which nothing happens by itself, so that each request has its place.
pub struct Cuts {
    platform: Platform,
    /// Requests so far, of which each was cut.
    sent: usize,
    /// The place of the first.
    first: usize,
}

impl Cuts {
    pub async fn begin(mut platform: Platform, first: usize) -> Cuts {
        platform.stop();
        platform.start_until(COMMIT[first], 1);
        Cuts {
            platform,
            sent: 0,
            first,
        }
    }

    fn place(&self) -> FaultPoint {
        COMMIT[(self.first + self.sent) % COMMIT.len()]
    }

    /// Sends a request within which the host ends; the answer to the same once more.
    pub async fn send(&mut self, token: &str, path: &str, body: Value) -> Value {
        let (place, key) = (self.place(), format!("request-{}", self.sent));
        let who = Client::new(&self.platform.url(), token);
        let lost = who.post_once(path, body.clone(), &key).await;
        assert!(lost.is_err(), "{path} was answered at {}", place.name());
        self.platform.ended_at(place).await;
        self.sent += 1;
        let again = again(place, self.place());
        self.platform.start_until(self.place(), again + 1);
        let who = Client::new(&self.platform.url(), token);
        let answer = who.post_once(path, body, &key).await.unwrap();
        answer
            .good()
            .unwrap_or_else(|fault| panic!("{path} after {}: {fault}", place.name()))
    }

    /// The platform as it goes on without cuts; each place was met.
    pub fn end(mut self) -> Platform {
        assert!(self.sent >= COMMIT.len(), "only {} requests", self.sent);
        self.platform.stop();
        self.platform.start();
        self.platform
    }
}

/// How often the same request, sent once more after it was cut at a place, passes another:
/// what was committed gets its answer and nothing else.
fn again(cut_at: FaultPoint, next: FaultPoint) -> u32 {
    let kept = matches!(cut_at, FaultPoint::Committed | FaultPoint::AnswerReady);
    u32::from(!kept || next == FaultPoint::AnswerReady)
}

/// Stops a platform, verifies all of it and counts the events of each kind.
pub async fn counted(platform: &mut Platform, wanted: &[(&str, usize)]) {
    platform.stop();
    let verified = hejie(&platform.place, &["ledger", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    let ledger = everything_of(&platform.place, "SELECT entry FROM ledger").await;
    for (kind, times) in wanted {
        let found = ledger.matches(&format!("\"kind\":\"{kind}\"")).count();
        assert_eq!(found, *times, "{kind}");
    }
}
