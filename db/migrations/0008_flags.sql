-- 0008_flags.sql: signs that a submission was not asked for, beside it and counted.
--
-- Flags are bits (kiosk/stuffing.h) and never change: a flagged answer counts like any
-- other. What was there before has none, and keeps its digest.

ALTER TABLE submission ADD COLUMN flags BIGINT NOT NULL DEFAULT 0
    CHECK (flags BETWEEN 0 AND 15);

-- The same table with one dimension more; rows by period do not have it (0).
CREATE TABLE tally_next (
    slice BIGINT NOT NULL CHECK (slice IN (0, 1)),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) <= 40),
    period BIGINT NOT NULL,
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel BETWEEN 0 AND 5),
    mode BIGINT NOT NULL CHECK (mode IN (0, 1)),
    flags BIGINT NOT NULL DEFAULT 0 CHECK (flags BETWEEN 0 AND 15),
    node BIGINT NOT NULL CHECK (node >= 0),
    cell BYTEA NOT NULL CHECK (length(cell) >= 4),
    PRIMARY KEY (slice, programme, wave, period, centre, channel, mode, flags, node)
) CLUSTERED;

INSERT INTO tally_next (slice, programme, wave, period, centre, channel, mode, flags, node,
    cell)
SELECT slice, programme, wave, period, centre, channel, mode, 0, node, cell
FROM tally;

DROP TABLE tally;
ALTER TABLE tally_next RENAME TO tally;

-- At which hours of the day a centre's flagged answers came, over a year. Never written
-- with a submission: answers with the same flags wait in the memory of the process until
-- they are k, so that no row tells of fewer.
CREATE TABLE flag_hour (
    year BIGINT NOT NULL,
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    flags BIGINT NOT NULL CHECK (flags BETWEEN 1 AND 15),
    hour BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
    count BIGINT NOT NULL CHECK (count >= 1),
    PRIMARY KEY (year, centre, flags, hour)
) CLUSTERED;
