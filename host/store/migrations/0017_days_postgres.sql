-- The first files of each day of receipt in the order of the list: among many of a few
-- days the index of words gives all before it gives one. SQLite's gives the first ones
-- first and needs none.
CREATE INDEX work_by_day ON work (received_on, place);
