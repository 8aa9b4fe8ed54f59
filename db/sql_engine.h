#pragma once
/* sql_engine.h: what an engine gives to sql.h: a table of functions, one a connection's
   kind. Each function is documented at its namesake of sql.h. A connection of an engine
   begins with a struct sql, a statement with a struct sql_statement. */
#include "db/sql.h"

/* What a column holds. */
enum sql_kind { SQL_NULL, SQL_NUMBER, SQL_TEXT, SQL_BYTES };

struct sql_engine {
    void (*close)(struct sql *sql);
    enum status (*is_fresh)(struct sql *sql, bool *out);
    enum status (*adopt)(struct sql *sql);
    enum status (*lay_out)(struct sql *sql);
    enum status (*prepare)(struct sql *sql, enum statement id);
    enum status (*prepare_all)(struct sql *sql);
    enum sql_disk (*disk)(const struct sql *sql);
    bool (*is_broken)(struct sql *sql);
    bool (*is_idle)(const struct sql *sql);

    enum status (*begin)(struct sql *sql);
    enum status (*begin_shared)(struct sql *sql);
    enum status (*begin_read)(struct sql *sql);
    enum status (*commit)(struct sql *sql);
    void (*rollback)(struct sql *sql);
    bool (*wants_again)(const struct sql *sql);
    enum status (*take_node)(struct sql *sql, int64_t *out);
    enum status (*has_nodes)(struct sql *sql, bool *out);
    enum status (*lead)(struct sql *sql, bool *out);

    struct sql_statement *(*use)(struct sql *sql, enum statement id);
    void (*bind_number)(struct sql_statement *statement, int parameter, int64_t value);
    void (*bind_text)(struct sql_statement *statement, int parameter, struct text value);
    void (*bind_bytes)(
        struct sql_statement *statement, int parameter, const void *bytes, size_t size);
    enum status (*step)(struct sql_statement *statement);
    enum status (*run_later)(struct sql_statement *statement); /* NULL: at once */
    enum status (*ask_ahead)(struct sql_statement *statement); /* NULL: not before */
    void (*reset)(struct sql_statement *statement);
    int64_t (*changes)(const struct sql *sql);
    enum sql_kind (*kind)(struct sql_statement *statement, int column);
    int64_t (*number)(struct sql_statement *statement, int column);
    struct text (*text)(struct sql_statement *statement, int column);
    struct text (*blob)(struct sql_statement *statement, int column);

    /* NULL, the four: it takes no arrays. */
    struct sql_statement *(*use_arrays)(struct sql *sql, enum array_statement id);
    void (*add_number)(struct sql_statement *statement, int parameter, int64_t value);
    void (*add_text)(struct sql_statement *statement, int parameter, struct text value);
    void (*add_bytes)(
        struct sql_statement *statement, int parameter, const void *bytes, size_t size);

    enum status (*script)(struct sql *sql, const char *script);
    enum status (*ask_number)(struct sql *sql, const char *query, int64_t *out);
    /* How the engine says a word of migrations; the word itself if it is none. */
    const struct sql_word *words;
    size_t word_count;

    enum status (*checkpoint)(struct sql *sql, enum sql_checkpoint mode, int patience_ms);
    int64_t (*log_bytes)(const struct sql *sql);
    enum status (*forget_log)(struct sql *sql);
};

struct sql_word {
    const char *word;
    const char *here;
};

struct sql {
    const struct sql_engine *engine;
    int64_t serial;
};

struct sql_statement {
    const struct sql_engine *engine;
};

/* Makes it a connection of that engine, with a serial of its own. */
void sql_become(struct sql *sql, const struct sql_engine *engine);

MUST_CHECK enum status sql_open_sqlite(
    const char *path, enum sql_use use, struct sql **out);
MUST_CHECK enum status sql_open_postgres(
    const char *address, enum sql_use use, struct sql **out);
