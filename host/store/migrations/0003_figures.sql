-- What figures are made of: a row per case, folded from its ledger like `cases`.
CREATE TABLE case_facts (
    case_id TEXT NOT NULL PRIMARY KEY,
    -- The unit that has the complaint; nothing where no authority has the case.
    unit TEXT,
    category TEXT NOT NULL,
    respondent TEXT,
    respondent_name TEXT NOT NULL,
    respondent_code TEXT,
    -- YYYY-MM-DD: registered as a complaint, or where it is none, received.
    counted_on TEXT NOT NULL,
    -- All of the facts as JSON.
    facts TEXT NOT NULL
);
CREATE INDEX case_facts_by_unit ON case_facts (unit, counted_on) WHERE unit IS NOT NULL;
CREATE INDEX case_facts_by_day ON case_facts (counted_on);

-- Who took which rows out of the platform, and when. It is never changed.
CREATE TABLE exports (
    id TEXT NOT NULL PRIMARY KEY,
    made_at BIGINT NOT NULL,
    -- JSON: the principal and the filter as they were.
    principal TEXT NOT NULL,
    filter TEXT NOT NULL,
    form TEXT NOT NULL,
    row_count BIGINT NOT NULL
);
