-- dialect.sql: what the scripts of tests say in SQLite's words, for PostgreSQL: tests
-- tamper with rows in ways the product never does. In the database that the tests' own are
-- copied from; no table, so that each is still a new one.
CREATE DOMAIN blob AS bytea;
CREATE FUNCTION zeroblob(bigint) RETURNS bytea IMMUTABLE LANGUAGE sql
    AS $$ SELECT decode(repeat('00', CAST($1 AS integer)), 'hex') $$;
CREATE FUNCTION randomblob(bigint) RETURNS bytea VOLATILE LANGUAGE sql
    AS $$ SELECT decode(string_agg(lpad(to_hex(CAST(floor(random() * 256) AS integer)), 2,
        '0'), ''), 'hex') FROM generate_series(1, $1) $$;
CREATE FUNCTION hex(bytea) RETURNS text IMMUTABLE LANGUAGE sql
    AS $$ SELECT upper(encode($1, 'hex')) $$;
CREATE FUNCTION instr(text, text) RETURNS integer IMMUTABLE LANGUAGE sql
    AS $$ SELECT strpos($1, $2) $$;
CREATE FUNCTION bits_to_bytes(bit) RETURNS bytea IMMUTABLE LANGUAGE sql
    AS $$ SELECT decode(string_agg(lpad(to_hex(CAST(CAST(substring($1 FROM i FOR 8)
        AS bit(8)) AS integer)), 2, '0'), '' ORDER BY i), 'hex')
        FROM generate_series(1, length($1), 8) AS i $$;
CREATE CAST (bit AS bytea) WITH FUNCTION bits_to_bytes(bit) AS IMPLICIT;
CREATE FUNCTION smaller(bytea, bytea) RETURNS bytea IMMUTABLE STRICT LANGUAGE sql
    AS $$ SELECT CASE WHEN $1 < $2 THEN $1 ELSE $2 END $$;
CREATE AGGREGATE min(bytea) (SFUNC = smaller, STYPE = bytea);
CREATE FUNCTION larger(bytea, bytea) RETURNS bytea IMMUTABLE STRICT LANGUAGE sql
    AS $$ SELECT CASE WHEN $1 > $2 THEN $1 ELSE $2 END $$;
CREATE AGGREGATE max(bytea) (SFUNC = larger, STYPE = bytea);
