-- 0010_releases.sql: what reports show of a wave, beside what has come.
--
-- The counts of a cell as they were when its wave was last released; empty: never. Until
-- now reports showed what had come, so all of it was shown already.

ALTER TABLE tally ADD COLUMN released BYTEA NOT NULL DEFAULT (CAST('' AS BYTEA));

UPDATE tally SET released = cell;

-- When that was: the day, never the time of day.
CREATE TABLE release (
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    made_on BIGINT NOT NULL,
    PRIMARY KEY (programme, wave)
) CLUSTERED;
