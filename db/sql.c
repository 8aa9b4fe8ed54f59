/* sql.c: sql.h over the engines: each call goes to the table of the connection's engine.
 */
#include "db/sql_engine.h"
#include "db/sql_server.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

bool sql_is_address(struct text location)
{
    return text_starts_with(location, TEXT("postgres://")) ||
           text_starts_with(location, TEXT("postgresql://"));
}

/* What stands before the last @ of an address, up to its options, may hold a password,
   even one that was not encoded as it should. */
struct text sql_location_name(struct arena *arena, struct text location)
{
    size_t end = 0;
    size_t at = 0;
    if (!sql_is_address(location))
        return text_copy(arena, location);
    while (end < location.len && location.ptr[end] != '?')
        end++;
    for (size_t i = 0; i < end; i++)
        at = location.ptr[i] == '@' ? i : at;
    const char *slashes = memchr(location.ptr, '/', location.len);
    size_t user = (size_t)(slashes - location.ptr) + 2;
    size_t colon = user;
    while (colon < at && location.ptr[colon] != ':')
        colon++;
    return text_format(arena, "%.*s%.*s", (int)(at == 0 ? 0 : colon), location.ptr,
        (int)(end - at), location.ptr + at);
}

/* ---- connections ---- */

enum status sql_open(const char *path, enum sql_use use, struct sql **out)
{
    return sql_is_address(text_of(path)) ? sql_open_postgres(path, use, out)
                                         : sql_open_sqlite(path, use, out);
}

void sql_become(struct sql *sql, const struct sql_engine *engine)
{
    static atomic_llong serials;
    sql->engine = engine;
    sql->serial = atomic_fetch_add(&serials, 1) + 1;
}

int64_t sql_serial(const struct sql *sql)
{
    return sql->serial;
}

void sql_close(struct sql *sql)
{
    if (sql != NULL)
        sql->engine->close(sql);
}

enum status sql_is_fresh(struct sql *sql, bool *out)
{
    return sql->engine->is_fresh(sql, out);
}

enum status sql_adopt(struct sql *sql)
{
    return sql->engine->adopt(sql);
}

enum status sql_lay_out(struct sql *sql)
{
    return sql->engine->lay_out(sql);
}

enum status sql_prepare(struct sql *sql, enum statement id)
{
    return sql->engine->prepare(sql, id);
}

enum status sql_prepare_all(struct sql *sql)
{
    return sql->engine->prepare_all(sql);
}

enum sql_disk sql_disk(const struct sql *sql)
{
    return sql->engine->disk(sql);
}

bool sql_is_broken(struct sql *sql)
{
    return sql->engine->is_broken(sql);
}

bool sql_is_idle(const struct sql *sql)
{
    return sql->engine->is_idle(sql);
}

/* ---- transactions ---- */

enum status sql_begin(struct sql *sql)
{
    return sql->engine->begin(sql);
}

enum status sql_begin_shared(struct sql *sql)
{
    return sql->engine->begin_shared(sql);
}

enum status sql_begin_read(struct sql *sql)
{
    return sql->engine->begin_read(sql);
}

enum status sql_commit(struct sql *sql)
{
    return sql->engine->commit(sql);
}

void sql_rollback(struct sql *sql)
{
    sql->engine->rollback(sql);
}

bool sql_wants_again(const struct sql *sql)
{
    return sql->engine->wants_again(sql);
}

enum status sql_take_node(struct sql *sql, int64_t *out)
{
    return sql->engine->take_node(sql, out);
}

enum status sql_has_nodes(struct sql *sql, bool *out)
{
    return sql->engine->has_nodes(sql, out);
}

enum status sql_lead(struct sql *sql, bool *out)
{
    return sql->engine->lead(sql, out);
}

/* ---- statements ---- */

struct sql_statement *sql_use(struct sql *sql, enum statement id)
{
    return sql->engine->use(sql, id);
}

void sql_bind_number(struct sql_statement *statement, int parameter, int64_t value)
{
    statement->engine->bind_number(statement, parameter, value);
}

void sql_bind_text(struct sql_statement *statement, int parameter, struct text value)
{
    statement->engine->bind_text(statement, parameter, value);
}

void sql_bind_bytes(
    struct sql_statement *statement, int parameter, const void *bytes, size_t size)
{
    statement->engine->bind_bytes(statement, parameter, bytes, size);
}

void sql_bind_column(
    struct sql_statement *statement, int parameter, struct sql_statement *row, int column)
{
    struct text bytes;
    switch (row->engine->kind(row, column)) {
    case SQL_NULL:
        break; /* as it is without a value */
    case SQL_NUMBER:
        sql_bind_number(statement, parameter, sql_number(row, column));
        break;
    case SQL_TEXT:
        sql_bind_text(statement, parameter, sql_text(row, column));
        break;
    case SQL_BYTES:
        bytes = sql_blob(row, column);
        sql_bind_bytes(statement, parameter, bytes.ptr, bytes.len);
        break;
    }
}

enum status sql_step(struct sql_statement *statement)
{
    return statement->engine->step(statement);
}

enum status sql_step_number(struct sql_statement *statement, int64_t *out)
{
    enum status rc = sql_step(statement);
    if (rc != STATUS_OK)
        return rc;
    *out = sql_number(statement, 0);
    sql_reset(statement);
    return STATUS_OK;
}

enum status sql_run(struct sql_statement *statement)
{
    enum status rc;
    do
        rc = statement->engine->step(statement);
    while (rc == STATUS_OK);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status sql_run_later(struct sql_statement *statement)
{
    return statement->engine->run_later == NULL ? sql_run(statement)
                                                : statement->engine->run_later(statement);
}

enum status sql_ask_ahead(struct sql_statement *statement)
{
    return statement->engine->ask_ahead == NULL ? STATUS_OK
                                                : statement->engine->ask_ahead(statement);
}

void sql_reset(struct sql_statement *statement)
{
    statement->engine->reset(statement);
}

int64_t sql_changes(const struct sql *sql)
{
    return sql->engine->changes(sql);
}

int64_t sql_number(struct sql_statement *statement, int column)
{
    return statement->engine->number(statement, column);
}

struct text sql_text(struct sql_statement *statement, int column)
{
    return statement->engine->text(statement, column);
}

struct text sql_blob(struct sql_statement *statement, int column)
{
    return statement->engine->blob(statement, column);
}

/* ---- arrays ---- */

bool sql_takes_arrays(const struct sql *sql)
{
    return sql->engine->use_arrays != NULL;
}

struct sql_statement *sql_use_arrays(struct sql *sql, enum array_statement id)
{
    return sql->engine->use_arrays(sql, id);
}

void sql_add_number(struct sql_statement *statement, int parameter, int64_t value)
{
    statement->engine->add_number(statement, parameter, value);
}

void sql_add_text(struct sql_statement *statement, int parameter, struct text value)
{
    statement->engine->add_text(statement, parameter, value);
}

void sql_add_bytes(
    struct sql_statement *statement, int parameter, const void *bytes, size_t size)
{
    statement->engine->add_bytes(statement, parameter, bytes, size);
}

void sql_add_column(
    struct sql_statement *statement, int parameter, struct sql_statement *row, int column)
{
    enum sql_kind kind = row->engine->kind(row, column);
    struct text bytes;
    assert(kind != SQL_NULL);
    if (kind == SQL_NUMBER) {
        sql_add_number(statement, parameter, sql_number(row, column));
    } else if (kind == SQL_TEXT) {
        sql_add_text(statement, parameter, sql_text(row, column));
    } else {
        bytes = sql_blob(row, column);
        sql_add_bytes(statement, parameter, bytes.ptr, bytes.len);
    }
}

/* ---- texts outside the table ---- */

enum status sql_script(struct sql *sql, const char *script)
{
    return sql->engine->script(sql, script);
}

enum status sql_ask_number(struct sql *sql, const char *query, int64_t *out)
{
    return sql->engine->ask_number(sql, query, out);
}

static bool is_word_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static size_t word_length(const char *at)
{
    size_t len = 0;
    while (is_word_letter(at[len]))
        len++;
    return len;
}

/* How this engine says the word; the word itself if it is not one of its table. */
static struct text word_here(const struct sql_engine *engine, struct text word)
{
    for (size_t i = 0; i < engine->word_count; i++)
        if (text_equals(word, text_of(engine->words[i].word)))
            return text_of(engine->words[i].here);
    return word;
}

char *sql_expand(const struct sql *sql, const char *script)
{
    enum { GROWTH_MAX = 4 }; /* TEXT, of 4, grows most: to 16 */
    char *expanded = malloc(strlen(script) * GROWTH_MAX + 1);
    if (expanded == NULL)
        return NULL;
    size_t len = 0;
    for (const char *at = script; *at != '\0';) {
        size_t run = word_length(at);
        struct text piece = run == 0 ? (struct text){at, 1}
                                     : word_here(sql->engine, (struct text){at, run});
        memcpy(expanded + len, piece.ptr, piece.len);
        len += piece.len;
        at += run == 0 ? 1 : run;
    }
    expanded[len] = '\0';
    return expanded;
}

/* ---- the write-ahead log ---- */

enum status sql_checkpoint(struct sql *sql, enum sql_checkpoint mode, int patience_ms)
{
    return sql->engine->checkpoint(sql, mode, patience_ms);
}

int64_t sql_log_bytes(const struct sql *sql)
{
    return sql->engine->log_bytes(sql);
}

enum status sql_forget_log(struct sql *sql)
{
    return sql->engine->forget_log(sql);
}
