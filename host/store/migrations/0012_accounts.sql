-- Accounts besides the complainant's own that have to do with a dispute: her agent's, and
-- those of people who complain together with her. Folded from the ledger like cases.
CREATE TABLE case_accounts (
    account TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (account, case_id)
);
CREATE INDEX case_accounts_by_case ON case_accounts (case_id);
