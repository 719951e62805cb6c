//! What others can be told of.

/// Every topic of the outbox, in order. A case's turns are told without personal data.
pub const ALL: [&str; 14] = [
    "case.closed",
    "case.filed",
    "case.settled",
    "complaint.accepted",
    "complaint.agreed",
    "complaint.dispatched",
    "complaint.moved",
    "complaint.refused",
    "complaint.registered",
    "complaint.returned",
    "complaint.supervised",
    "complaint.terminated",
    "complaint.transfer_failed",
    "complaint.transferred",
];
