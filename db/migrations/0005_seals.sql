-- 0005_seals.sql: digests of rows and of sets of rows, and the chain of seals.
--
-- What the digests are of is written in kiosk/seal.h. The rows that are there when this is
-- run get theirs from migrate_seals.c, in the same transaction.

-- How many seals its period had when a row arrived: a coarse order of arrival, and only of
-- those that came too late.
ALTER TABLE submission ADD COLUMN late BIGINT NOT NULL DEFAULT 0 CHECK (late >= 0);

-- The first 16 bytes of the row's digest. The default is nobody's digest.
ALTER TABLE submission ADD COLUMN digest BYTEA NOT NULL
    DEFAULT (CAST('0000000000000000' AS BYTEA)) CHECK (length(digest) = 16);

-- For counting late ones. Those in time are not in it and cost nothing.
CREATE INDEX submission_late ON submission (programme, wave, period) WHERE late > 0;

-- The submissions of a period as a set, kept in the same transaction as they are. A node
-- has a row of its own, as in the tally; lanes of several nodes are added up.
CREATE TABLE period_set (
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    period BIGINT NOT NULL,
    node BIGINT NOT NULL CHECK (node >= 0),
    count BIGINT NOT NULL CHECK (count >= 0), -- 0: what was there was withdrawn
    lanes BYTEA NOT NULL CHECK (length(lanes) = 2048),
    PRIMARY KEY (programme, wave, period, node)
) CLUSTERED;

-- What a period's set was on the day it was sealed. Each row's chain value is of the row
-- and of the chain value before it.
CREATE TABLE seal (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    period BIGINT NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 0),
    late BIGINT NOT NULL CHECK (late >= 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    previous BYTEA NOT NULL CHECK (length(previous) = 32),
    chain BYTEA NOT NULL CHECK (length(chain) = 32),
    sealed_on BIGINT NOT NULL,
    is_supplement BIGINT NOT NULL CHECK (is_supplement IN (0, 1))
) CLUSTERED;

CREATE INDEX seal_of_period ON seal (programme, wave, period);

-- What withdrawn imports took out of sealed periods: with it, a seal can still be computed
-- from the rows. `seals` is how many seals the period had then.
CREATE TABLE withdrawn_set (
    import BIGINT NOT NULL CHECK (import >= 1),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    period BIGINT NOT NULL,
    late BIGINT NOT NULL CHECK (late >= 0),
    seals BIGINT NOT NULL CHECK (seals > late),
    count BIGINT NOT NULL CHECK (count >= 1),
    lanes BYTEA NOT NULL CHECK (length(lanes) = 2048),
    PRIMARY KEY (import, programme, wave, period, late)
) CLUSTERED;
