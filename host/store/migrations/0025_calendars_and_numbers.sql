-- Whether the end of a period that runs or was met is in a year whose calendar is not published:
-- such a file is read anew when that comes, though it is closed by then. Of files of before it
-- is known after a rebuild.
ALTER TABLE cases ADD COLUMN awaits_calendar BIGINT NOT NULL DEFAULT 0;

-- Files whose persons stand behind tokens are listed and exported in the order of their
-- numbers, which tell the day and are drawn within it, and not of their keys, which tell when
-- each came.
DROP INDEX files_of_country;
DROP INDEX files_of_country_by_phase;
DROP INDEX files_of_province;
DROP INDEX files_of_province_by_phase;
DROP INDEX files_of_city;
DROP INDEX files_of_county;
CREATE INDEX files_of_country ON cases (kind, number);
CREATE INDEX files_of_country_by_phase ON cases (kind, phase, number);
CREATE INDEX files_of_province ON cases (kind, substr(unit, 1, 2), number)
    WHERE unit IS NOT NULL;
CREATE INDEX files_of_province_by_phase ON cases (kind, substr(unit, 1, 2), phase, number)
    WHERE unit IS NOT NULL;
CREATE INDEX files_of_city ON cases (kind, substr(unit, 1, 4), number, phase)
    WHERE unit IS NOT NULL;
CREATE INDEX files_of_county ON cases (kind, substr(unit, 1, 6), number, phase)
    WHERE unit IS NOT NULL;
CREATE INDEX case_facts_by_number ON case_facts (kind, number);
