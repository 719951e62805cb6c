-- A unit's list is a walk along one index in the order of the list, whichever level the unit
-- is of; a sort of a subtree's files took too long where there were many. The phase lies in
-- each index, so that other phases are passed over without their rows.
DROP INDEX cases_by_division;
CREATE INDEX cases_of_country ON cases (case_id, phase) WHERE division IS NOT NULL;
CREATE INDEX cases_of_province ON cases (substr(division, 1, 2), case_id, phase)
    WHERE division IS NOT NULL;
CREATE INDEX cases_of_city ON cases (substr(division, 1, 4), case_id, phase)
    WHERE division IS NOT NULL;
CREATE INDEX cases_of_county ON cases (substr(division, 1, 6), case_id, phase)
    WHERE division IS NOT NULL;
DROP INDEX cases_of_other_kinds;
CREATE INDEX files_of_country ON cases (kind, case_id);
-- Of all there are, the few of a phase are found at once.
CREATE INDEX files_of_country_by_phase ON cases (kind, phase, case_id);
CREATE INDEX files_of_province ON cases (kind, substr(unit, 1, 2), case_id, phase)
    WHERE unit IS NOT NULL;
CREATE INDEX files_of_city ON cases (kind, substr(unit, 1, 4), case_id, phase)
    WHERE unit IS NOT NULL;
CREATE INDEX files_of_county ON cases (kind, substr(unit, 1, 6), case_id, phase)
    WHERE unit IS NOT NULL;
