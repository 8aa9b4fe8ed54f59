-- 0012_comments.sql: comments are read by somebody before reports show them.
--
-- What became of a comment (kiosk/review.h): 0 its answer is not released yet, 1 it waits,
-- 2 it may be shown, 3 to 6 it is held back. No day and no name stand beside it: the log
-- tells who decided.

ALTER TABLE comment ADD COLUMN state BIGINT NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 6);

-- Where all of a wave is released there may be no further release to wait for.
UPDATE comment SET state = 1
WHERE NOT EXISTS (SELECT 1 FROM tally
    WHERE tally.slice = 0 AND tally.programme = comment.programme
        AND tally.wave = comment.wave AND tally.released <> tally.cell);

-- For reading on from an id, and for releasing. The answers that come in write to the second
-- alone, which is short and soon empty again.
CREATE INDEX comment_of_wave ON comment (programme, wave, state, id) WHERE state > 0;
CREATE INDEX comment_new ON comment (state) WHERE state = 0;

-- How many of a wave are in which state, from 1 on: a report counts no comments. Kept in the
-- transaction that changes a state; nothing of it is written when an answer comes in.
CREATE TABLE comment_count (
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 6),
    count BIGINT NOT NULL,
    PRIMARY KEY (programme, wave, state)
) CLUSTERED;

INSERT INTO comment_count (programme, wave, state, count)
SELECT programme, wave, state, COUNT(*)
FROM comment
WHERE state > 0
GROUP BY programme, wave, state;
