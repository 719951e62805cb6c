-- A filing that is both a complaint and a report becomes two files under one reference.
ALTER TABLE partner_filings ADD COLUMN report TEXT;
