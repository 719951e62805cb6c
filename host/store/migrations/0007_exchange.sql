-- Where events go out to: who asked for which topics. Documents are JSON.
CREATE TABLE webhooks (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
);
CREATE TABLE webhook_topics (
    topic TEXT NOT NULL,
    webhook TEXT NOT NULL,
    PRIMARY KEY (topic, webhook)
);

-- What is to reach whom, written with what happened. A receiver is a webhook or a
-- partner; a case's deliveries reach it in the order of their positions.
CREATE TABLE deliveries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    receiver TEXT NOT NULL,
    message TEXT NOT NULL,
    case_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- `waiting`, `delivered`, or `parked` after too many tries.
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    -- When it is tried next, or when it came to its state: by the machine's clock.
    moved_at BIGINT NOT NULL,
    last_error TEXT,
    -- Who has it, until when, and the ticket with which it is answered.
    node TEXT,
    leased_until BIGINT,
    lease TEXT UNIQUE,
    UNIQUE (receiver, message)
);
CREATE INDEX deliveries_waiting ON deliveries (receiver, moved_at) WHERE state = 'waiting';
CREATE INDEX deliveries_by_case ON deliveries (receiver, case_id, position) WHERE state <> 'delivered';
CREATE INDEX deliveries_by_state ON deliveries (receiver, state, position);
CREATE INDEX deliveries_done ON deliveries (moved_at) WHERE state = 'delivered';
CREATE INDEX deliveries_by_node ON deliveries (node) WHERE node IS NOT NULL;

-- Authorities with systems of their own, by the codes they are known by.
CREATE TABLE external_authorities (
    code TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
);

-- A file that was handed over is taken once: by its authority and its number there.
ALTER TABLE cases ADD COLUMN origin TEXT;
CREATE UNIQUE INDEX cases_by_origin ON cases (origin) WHERE origin IS NOT NULL;
