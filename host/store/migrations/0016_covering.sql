-- Of a large unit's files, the few in a phase are found at once, whichever kind they are
-- of; the walk over all phases needs no phase then.
DROP INDEX cases_of_country;
DROP INDEX cases_of_province;
DROP INDEX files_of_country;
DROP INDEX files_of_province;
CREATE INDEX cases_of_country ON cases (case_id) WHERE division IS NOT NULL;
CREATE INDEX cases_of_country_by_phase ON cases (phase, case_id) WHERE division IS NOT NULL;
CREATE INDEX cases_of_province ON cases (substr(division, 1, 2), case_id)
    WHERE division IS NOT NULL;
CREATE INDEX cases_of_province_by_phase ON cases (substr(division, 1, 2), phase, case_id)
    WHERE division IS NOT NULL;
CREATE INDEX files_of_country ON cases (kind, case_id);
CREATE INDEX files_of_province ON cases (kind, substr(unit, 1, 2), case_id)
    WHERE unit IS NOT NULL;
CREATE INDEX files_of_province_by_phase ON cases (kind, substr(unit, 1, 2), phase, case_id)
    WHERE unit IS NOT NULL;

-- What a follow-up visit chooses from is thousands of files all over the table: the index
-- of each level says all that is asked of them. The unit comes last, because PostgreSQL
-- reads an index alone only where the column that the level is made of lies in it.
ALTER TABLE case_facts ADD COLUMN number TEXT;
UPDATE case_facts SET number =
    (SELECT cases.number FROM cases WHERE cases.case_id = case_facts.case_id);
DROP INDEX case_facts_by_end;
CREATE INDEX ended_of_country ON case_facts (ended_on, case_id, number, unit)
    WHERE ended_on IS NOT NULL;
CREATE INDEX ended_of_province ON case_facts (substr(unit, 1, 2), ended_on, case_id, number, unit)
    WHERE ended_on IS NOT NULL;
CREATE INDEX ended_of_city ON case_facts (substr(unit, 1, 4), ended_on, case_id, number, unit)
    WHERE ended_on IS NOT NULL;
CREATE INDEX ended_of_county ON case_facts (substr(unit, 1, 6), ended_on, case_id, number, unit)
    WHERE ended_on IS NOT NULL;

-- In the order of the list, without the table.
DROP INDEX parts_by_unit;
CREATE INDEX parts_by_unit ON parts (unit, due_on, case_id, seq);
