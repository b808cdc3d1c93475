-- A browser that one customer alone was identified on is claimed back further than before (look_back_alone_days), so everybody
-- there is has to be resolved again once, which the next start does.
INSERT INTO owed_stitches (site, id, visitors, identifiers, everybody, done, version)
SELECT site, 'look-back-alone', [], [], 1, 0, 1 FROM sites FINAL WHERE removed = 0;
