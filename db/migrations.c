/* migrations.c: the numbered SQL files of migrations/, embedded and run in order. The
   version reached stands in a row of its own table, in the same transaction. */
#include "db/migrations.h"

#include "db/migrate_seals.h"

#include <stdio.h>
#include <stdlib.h>

/* The assembler puts the file's bytes into the program; CMake knows the files and builds
   again when one changes. */
#define EMBED(symbol, file)                                                              \
    __asm__(".pushsection .rodata\n"                                                     \
            ".global " #symbol "\n" #symbol ":\n"                                        \
            ".incbin \"" MIGRATIONS_DIR "/" file "\"\n"                                  \
            ".byte 0\n"                                                                  \
            ".popsection\n")

extern const char migration_0001[];
extern const char migration_0002[];
extern const char migration_0003[];
extern const char migration_0004[];
extern const char migration_0005[];
extern const char migration_0006[];
extern const char migration_0007[];
extern const char migration_0008[];
extern const char migration_0009[];
extern const char migration_0010[];
extern const char migration_0011[];
extern const char migration_0012[];
extern const char migration_0013[];
extern const char migration_0014[];
EMBED(migration_0001, "0001_start.sql");
EMBED(migration_0002, "0002_imports.sql");
EMBED(migration_0003, "0003_operators.sql");
EMBED(migration_0004, "0004_centre_codes.sql");
EMBED(migration_0005, "0005_seals.sql");
EMBED(migration_0006, "0006_audit.sql");
EMBED(migration_0007, "0007_batches.sql");
EMBED(migration_0008, "0008_flags.sql");
EMBED(migration_0009, "0009_rotating.sql");
EMBED(migration_0010, "0010_releases.sql");
EMBED(migration_0011, "0011_published.sql");
EMBED(migration_0012, "0012_comments.sql");
EMBED(migration_0013, "0013_arrivals.sql");
EMBED(migration_0014, "0014_submission_arrivals.sql");

/* In this order; a store's version is how many of them it has had. */
static const struct {
    const char *script;
    enum status (*fill)(struct sql *sql); /* what SQL can't compute; or NULL */
} migrations[] = {
    {.script = migration_0001},
    {.script = migration_0002},
    {.script = migration_0003},
    {.script = migration_0004},
    {.script = migration_0005, .fill = migrate_seals},
    {.script = migration_0006},
    {.script = migration_0007},
    {.script = migration_0008},
    {.script = migration_0009},
    {.script = migration_0010},
    {.script = migration_0011},
    {.script = migration_0012},
    {.script = migration_0013},
    {.script = migration_0014},
};

enum { NEWEST = sizeof migrations / sizeof *migrations };

int64_t migrations_newest(void)
{
    return NEWEST;
}

enum status migrations_find(struct sql *sql, int64_t *found)
{
    bool is_fresh = false;
    enum status rc = sql_is_fresh(sql, &is_fresh);
    *found = 0;
    if (rc != STATUS_OK || is_fresh)
        return rc;
    return sql_ask_number(sql, "SELECT version FROM schema_version", found);
}

static enum status start(struct sql *sql)
{
    enum status rc =
        sql_script(sql, "CREATE TABLE schema_version (version INTEGER NOT NULL);\n"
                        "INSERT INTO schema_version (version) VALUES (0)");
    return rc == STATUS_OK ? sql_adopt(sql) : rc;
}

static enum status run_one(struct sql *sql, int64_t version)
{
    char *script = sql_expand(sql, migrations[version - 1].script);
    if (script == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = version == 1 ? start(sql) : STATUS_OK;
    if (rc == STATUS_OK)
        rc = sql_script(sql, script);
    free(script);
    if (rc == STATUS_OK && migrations[version - 1].fill != NULL)
        rc = migrations[version - 1].fill(sql);
    if (rc != STATUS_OK)
        return rc;
    char update[80];
    (void)snprintf(update, sizeof update, "UPDATE schema_version SET version = %lld",
        (long long)version);
    return sql_script(sql, update);
}

/* Under the write lock the version is read again: another process may have been first. */
static enum status take_step(struct sql *sql, int64_t last, int64_t *reached)
{
    enum status rc = sql_begin(sql);
    if (rc != STATUS_OK)
        return rc;
    rc = migrations_find(sql, reached);
    if (rc == STATUS_OK && *reached < last)
        rc = run_one(sql, ++*reached);
    if (rc == STATUS_OK && *reached == NEWEST)
        rc = sql_lay_out(sql);
    if (rc == STATUS_OK)
        rc = sql_commit(sql);
    if (rc != STATUS_OK)
        sql_rollback(sql);
    return rc;
}

static enum status take_steps(struct sql *sql, int64_t last, int64_t *reached)
{
    enum status rc = STATUS_OK;
    while (rc == STATUS_OK && *reached < last)
        rc = take_step(sql, last, reached);
    return rc;
}

enum status migrations_run(struct sql *sql, int64_t *found)
{
    enum status rc = migrations_find(sql, found);
    int64_t reached = *found;
    if (rc == STATUS_OK)
        rc = take_steps(sql, NEWEST, &reached);
    if (rc != STATUS_OK)
        return rc;
    return reached > NEWEST ? STATUS_INVALID : STATUS_OK;
}

enum status migrations_run_to(struct sql *sql, int64_t last)
{
    int64_t reached = 0;
    enum status rc = migrations_find(sql, &reached);
    return rc == STATUS_OK ? take_steps(sql, last, &reached) : rc;
}
