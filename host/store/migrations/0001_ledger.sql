-- The ledger is the truth: append-only, a hash chain per case. Times are
-- microseconds since 1970 UTC. The same statements run on SQLite and PostgreSQL.
CREATE TABLE ledger (
    case_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    -- Canonical JSON (RFC 8785), exactly the bytes that were hashed.
    entry TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (case_id, seq)
);

-- One row for each commit, in the order of the writer: what became of every entry
-- and case can be asked of it. It is never changed, not even by a rebuild.
CREATE TABLE commits (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    -- The version the commit was decided on, the one it led to, and its head.
    base BIGINT NOT NULL,
    version BIGINT NOT NULL,
    head TEXT NOT NULL
);
CREATE INDEX commits_by_case ON commits (case_id, version);

-- Larger documents that entries name by SHA-256: plugin inputs and outputs, dossiers.
CREATE TABLE attachments (
    case_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_id, digest)
);

-- What the ledger folds to; everything in it can be made anew.
CREATE TABLE cases (
    case_id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    head TEXT NOT NULL,
    phase TEXT NOT NULL,
    consumer_id TEXT NOT NULL,
    respondent TEXT,
    division TEXT,
    category TEXT NOT NULL,
    mediation BIGINT NOT NULL,
    next_deadline BIGINT,
    updated_at BIGINT NOT NULL,
    -- Last, because it is long: SQLite reads a row from its beginning.
    snapshot TEXT NOT NULL
);
CREATE INDEX cases_by_consumer ON cases (consumer_id, case_id);
CREATE INDEX cases_by_respondent ON cases (respondent, case_id);
CREATE INDEX cases_by_respondent_and_phase ON cases (respondent, phase, case_id);
-- Holds all that a unit's list shows: its subtree is a range, sorted afterwards.
CREATE INDEX cases_by_division
    ON cases (division, case_id, phase, number, category, updated_at)
    WHERE division IS NOT NULL;
CREATE INDEX cases_in_mediation ON cases (case_id) WHERE mediation = 1;
CREATE INDEX cases_by_deadline ON cases (next_deadline, case_id);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Names a job within its case, so that it can be cancelled.
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Who has it, until when, and the ticket with which it is answered.
    node TEXT,
    leased_until BIGINT,
    lease TEXT UNIQUE,
    last_error TEXT
);
CREATE INDEX jobs_by_time ON jobs (run_at, id);
CREATE INDEX jobs_by_case ON jobs (case_id);
CREATE INDEX jobs_by_node ON jobs (node) WHERE node IS NOT NULL;

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE idempotency (
    principal TEXT NOT NULL,
    name TEXT NOT NULL,
    request TEXT NOT NULL,
    status BIGINT NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (principal, name)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
