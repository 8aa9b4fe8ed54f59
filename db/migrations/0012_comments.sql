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

-- For releasing a wave, counting and reading on from an id.
CREATE INDEX comment_of_wave ON comment (programme, wave, state, id);
