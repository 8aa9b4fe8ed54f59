-- 0004_centre_codes.sql: open codes of a centre itself and of its tablet.
--
-- A centre's own code (the poster in its hall) has no programme: its page is the menu of
-- what is open there. The tablet's open codes stand beside the posters' and have a counter
-- of their own, so that either can be replaced without the other.

CREATE TABLE open_code_next (
    programme TEXT NOT NULL CHECK (length(programme) <= 40), -- empty: the centre's own
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel IN (0, 1)), -- kiosk, poster
    counter BIGINT NOT NULL CHECK (counter BETWEEN 0 AND 4294967295),
    CHECK (programme <> '' OR (centre <> '' AND channel = 1)),
    PRIMARY KEY (programme, centre, channel)
) CLUSTERED;

INSERT INTO open_code_next (programme, centre, channel, counter)
SELECT programme, centre, 1, counter
FROM open_code;

DROP TABLE open_code;
ALTER TABLE open_code_next RENAME TO open_code;

-- The same table as before, in the same order; only the empty programme is new.
CREATE TABLE code_next (
    hash BYTEA NOT NULL PRIMARY KEY CHECK (length(hash) = 16),
    programme TEXT NOT NULL CHECK (length(programme) <= 40), -- empty: a centre's own
    wave TEXT NOT NULL CHECK (length(wave) <= 40), -- empty: open, the day decides
    centre TEXT NOT NULL CHECK (length(centre) <= 40),
    channel BIGINT NOT NULL CHECK (channel BETWEEN 0 AND 5),
    batch BIGINT NOT NULL CHECK (batch >= 0), -- 0: open codes belong to none
    is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
    state BIGINT NOT NULL CHECK (state IN (0, 1, 2)), -- fresh, spent, void
    CHECK (is_open = 0 OR state <> 1),                -- an open code is never spent
    CHECK ((is_open = 1) = (batch = 0) AND (is_open = 1) = (wave = '')),
    CHECK (programme <> '' OR (is_open = 1 AND centre <> ''))
) CLUSTERED;

INSERT INTO code_next (hash, programme, wave, centre, channel, batch, is_open, state)
SELECT hash, programme, wave, centre, channel, batch, is_open, state
FROM code
ORDER BY hash;

DROP TABLE code;
ALTER TABLE code_next RENAME TO code;

-- For voiding. The state is not part of it: spending a code must not write here.
CREATE INDEX code_of_batch ON code (batch);
