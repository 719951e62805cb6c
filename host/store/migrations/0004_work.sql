-- The work list: a row for each file that waits for an act of the authority, in
-- the order in which it is to be seen to. It is folded from the ledger like cases.
CREATE TABLE work (
    -- The last day of the period that counts (days since 1970, times 2^40) and the
    -- order of coming within that day; files without such a day come last.
    place INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    phase TEXT NOT NULL,
    category TEXT NOT NULL,
    -- The unit that has the file; the digits of its division come first.
    unit TEXT NOT NULL,
    period TEXT,
    due_on TEXT,
    received_on TEXT NOT NULL,
    consumer_name TEXT NOT NULL,
    respondent_name TEXT NOT NULL
);
-- A subtree in the order of its work, one index for each level: a province is two
-- digits, a city four, a county all six. The key itself is the whole country's.
CREATE INDEX work_of_province ON work (substr(unit, 1, 2), place);
CREATE INDEX work_of_city ON work (substr(unit, 1, 4), place);
CREATE INDEX work_of_county ON work (substr(unit, 1, 6), place);

-- Views of lists that persons saved for themselves.
CREATE TABLE views (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (owner, name)
);
