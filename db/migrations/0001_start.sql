-- 0001_start.sql: plans, codes, submissions, comments, tallies.
--
-- BIGINT, BYTEA and CLUSTERED are put into each engine's words when this is run. Released
-- files are never edited: a change is a new file.
--
-- What must hold of the rows that carry answers, here and in every later file:
--   * No time of day. Days are counted from 1970-01-01.
--   * No order of arrival: keys are random or hashes, rows lie in key order (CLUSTERED), and
--     nothing counts upwards.
--   * No value that is the same in a spent code and in the submission it was spent for,
--     other than what a report groups by.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
    value TEXT NOT NULL
) CLUSTERED;

-- The plan is a document. Its text is the truth, all else refers to it by ids.
CREATE TABLE plan (
    version BIGINT NOT NULL PRIMARY KEY CHECK (version >= 1),
    text TEXT NOT NULL CHECK (length(text) > 0),
    fingerprint BYTEA NOT NULL CHECK (length(fingerprint) = 32),
    applied_on BIGINT NOT NULL
) CLUSTERED;

-- Which open code a poster carries: the code is derived from the key and this counter, so
-- that it can be printed again; raising it makes a new one.
CREATE TABLE open_code (
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    counter BIGINT NOT NULL CHECK (counter BETWEEN 0 AND 4294967295),
    PRIMARY KEY (programme, centre)
) CLUSTERED;

-- What one `manyi codes` made. A batch is voided as a whole, with a reason.
CREATE TABLE batch (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id >= 1),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel IN (2, 3)), -- slip, link
    count BIGINT NOT NULL CHECK (count >= 1),
    made_on BIGINT NOT NULL,
    voided_on BIGINT,
    void_reason TEXT,
    voided_count BIGINT NOT NULL DEFAULT 0 CHECK (voided_count BETWEEN 0 AND count),
    CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) CLUSTERED;

CREATE INDEX batch_of_wave ON batch (programme, wave);

-- The right to answer. Only the keyed hash is kept: who reads this table can answer
-- nothing. Lying in the order of the hash, rows tell no order of printing or of use.
CREATE TABLE code (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 16),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) <= 40), -- empty: open, the day decides
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel BETWEEN 0 AND 5),
    batch BIGINT NOT NULL CHECK (batch >= 0), -- 0: open codes belong to none
    is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
    state BIGINT NOT NULL CHECK (state IN (0, 1, 2)), -- fresh, spent, void
    CHECK (is_open = 0 OR state <> 1),                -- an open code is never spent
    CHECK ((is_open = 1) = (batch = 0) AND (is_open = 1) = (wave = ''))
) CLUSTERED;

-- For voiding. The state is not part of it: spending a code must not write here.
CREATE INDEX code_of_batch ON code (batch);

-- One filled questionnaire. The id begins with the period's first day (32 bits) and goes on
-- at random: neighbours in time lie together, without an order inside a period.
CREATE TABLE submission (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel BETWEEN 0 AND 5),
    mode BIGINT NOT NULL CHECK (mode IN (0, 1)),
    plan_version BIGINT NOT NULL REFERENCES plan (version),
    period BIGINT NOT NULL,
    answers TEXT NOT NULL CHECK (length(answers) BETWEEN 1 AND 200) -- 50 items × 4
) CLUSTERED;

-- What people wrote. Its id is its own: nothing leads back to the submission. The level is
-- kept, because a reader must know praise from complaint.
CREATE TABLE comment (
    id BYTEA NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    overall BIGINT NOT NULL CHECK (overall BETWEEN -1 AND 5), -- -1 blank, 0 unknown
    item TEXT NOT NULL CHECK (length(item) BETWEEN 1 AND 40),
    text TEXT NOT NULL CHECK (length(text) > 0)
) CLUSTERED;

-- Counts, kept in the same transaction as the submissions. A row is a whole cell: the
-- counters of all items packed, since a row an item costs as much as the submission itself.
-- Dimensions that a slice does not have are '' or 0. The node keeps several servers on one
-- database from waiting for each other's rows; readers add the nodes up.
CREATE TABLE tally (
    slice BIGINT NOT NULL CHECK (slice IN (0, 1)),
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) <= 40),
    period BIGINT NOT NULL,
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel BETWEEN 0 AND 5),
    mode BIGINT NOT NULL CHECK (mode IN (0, 1)),
    node BIGINT NOT NULL CHECK (node >= 0),
    cell BYTEA NOT NULL CHECK (length(cell) >= 4),
    PRIMARY KEY (slice, programme, wave, period, centre, channel, mode, node)
) CLUSTERED;
