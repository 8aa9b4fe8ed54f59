-- 0007_batches.sql: who printed a batch, prints for trying, and what staff handed out.
--
-- Hand-outs count people, not paper: whoever lost a slip gets another, and is counted once.
-- They carry no time and no day, and nothing that could be laid beside an answer.

-- The operator. NULL: the command line.
ALTER TABLE batch ADD COLUMN made_by BYTEA CHECK (length(made_by) = 16);

-- A print for trying is a batch whose codes were void from the beginning.
ALTER TABLE batch ADD COLUMN is_test BIGINT NOT NULL DEFAULT 0 CHECK (is_test IN (0, 1));

-- Of whom staff handed a slip to, and who would not take one: a row a wave, counted upwards
-- and, where somebody tapped wrongly, down again.
CREATE TABLE handout (
    programme TEXT NOT NULL CHECK (length(programme) BETWEEN 1 AND 40),
    wave TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 40),
    handed_out BIGINT NOT NULL CHECK (handed_out BETWEEN 0 AND 1000000000),
    refused BIGINT NOT NULL CHECK (refused BETWEEN 0 AND 1000000000),
    PRIMARY KEY (programme, wave)
) CLUSTERED;
