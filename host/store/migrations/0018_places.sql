-- Where the operator is with whom a dispute is negotiated here: first settlements are told
-- to the authority of that place, which has none of these files.
ALTER TABLE case_facts ADD COLUMN place TEXT;
CREATE INDEX case_facts_by_place ON case_facts (place, counted_on) WHERE place IS NOT NULL;

-- Of which table an export was, and in which unit the officer was who took it. The table is
-- not known of what was taken before.
ALTER TABLE exports ADD COLUMN table_name TEXT;
ALTER TABLE exports ADD COLUMN unit TEXT;
CREATE INDEX exports_by_unit ON exports (unit, id) WHERE unit IS NOT NULL;
