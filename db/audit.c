/* audit.c: one more line at the end of the chain. */
#include "db/audit.h"

#include "db/operators.h"

#include <stdio.h>
#include <string.h>

static const struct text words[AUDIT_ACTION_COUNT] = {
    [AUDIT_PLAN_APPLY] = {"plan.apply", 10},
    [AUDIT_CODES_MAKE] = {"codes.make", 10},
    [AUDIT_CODES_VOID] = {"codes.void", 10},
    [AUDIT_POSTER_RENEW] = {"poster.renew", 12},
    [AUDIT_IMPORT] = {"import", 6},
    [AUDIT_IMPORT_WITHDRAW] = {"import.withdraw", 15},
    [AUDIT_OPERATOR_ADD] = {"operator.add", 12},
    [AUDIT_OPERATOR_INVITE] = {"operator.invite", 15},
    [AUDIT_OPERATOR_DISABLE] = {"operator.disable", 16},
    [AUDIT_OPERATOR_RESET] = {"operator.reset", 14},
    [AUDIT_SEAL] = {"seal", 4},
    [AUDIT_REPORT_PUBLISH] = {"report.publish", 14},
    [AUDIT_COMMENT_REVIEW] = {"comment.review", 14},
};

struct text audit_word(enum audit_action action)
{
    return words[action];
}

/* "operator " and the id's digits. */
struct operator_words {
    char letters[sizeof "operator " + OPERATOR_ID_LETTERS];
};
enum { DIGITS_AT = sizeof "operator " - 1 };

static struct operator_words name_operator(const struct operator_id *id)
{
    static const char digits[] = "0123456789abcdef";
    struct operator_words name = {"operator "};
    for (size_t i = 0; i < OPERATOR_ID_BYTES; i++) {
        name.letters[DIGITS_AT + 2 * i] = digits[id->bytes[i] >> 4];
        name.letters[DIGITS_AT + 2 * i + 1] = digits[id->bytes[i] & 15];
    }
    return name;
}

/* The line before; number 0 and zeros if there is none. */
static enum status read_last(struct sql *sql, int64_t *number, struct seal_digest *chain)
{
    struct sql_statement *last = sql_use(sql, SQL_AUDIT_LAST);
    enum status rc = sql_step(last);
    *number = 0;
    *chain = (struct seal_digest){{0}};
    if (rc != STATUS_OK)
        return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
    struct text bytes = sql_blob(last, 1);
    *number = sql_number(last, 0);
    if (bytes.len == sizeof chain->bytes)
        memcpy(chain->bytes, bytes.ptr, bytes.len);
    sql_reset(last);
    return STATUS_OK;
}

static enum status add_line(
    struct sql *sql, const struct audit_line *line, const struct seal_digest *chain)
{
    struct sql_statement *add = sql_use(sql, SQL_AUDIT_ADD);
    sql_bind_number(add, 1, line->number);
    sql_bind_number(add, 2, line->day);
    sql_bind_text(add, 3, line->operator_id);
    sql_bind_text(add, 4, line->action);
    sql_bind_text(add, 5, line->subject);
    sql_bind_text(add, 6, line->detail);
    sql_bind_bytes(add, 7, chain->bytes, sizeof chain->bytes);
    return sql_run(add);
}

enum status audit_add(struct sql *sql, const struct actor *actor,
    enum audit_action action, struct text subject, struct text detail)
{
    int64_t number = 0;
    struct seal_digest previous;
    struct operator_words by = {""};
    enum status rc = read_last(sql, &number, &previous);
    if (rc != STATUS_OK)
        return rc;
    if (actor->by != NULL)
        by = name_operator(actor->by);
    const struct audit_line line = {
        .number = number + 1,
        .day = actor->today,
        .operator_id = text_of(actor->by == NULL ? "" : by.letters + DIGITS_AT),
        .action = words[action],
        .subject = subject,
        .detail = detail,
    };
    struct seal_digest chain = audit_chain(&previous, &line);
    return add_line(sql, &line, &chain);
}

enum status audit_add_numbered(struct sql *sql, const struct actor *actor,
    enum audit_action action, const char *what, int64_t number, struct text detail)
{
    char subject[60];
    (void)snprintf(subject, sizeof subject, "%s %lld", what, (long long)number);
    return audit_add(sql, actor, action, text_of(subject), detail);
}

enum status audit_add_operator(struct sql *sql, const struct actor *actor,
    enum audit_action action, const struct operator_id *id)
{
    struct operator_words subject = name_operator(id);
    return audit_add(sql, actor, action, text_of(subject.letters), TEXT(""));
}
