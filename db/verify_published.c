/* verify_published.c: published reports against their digests, and against what the log
   tells of them: none was changed, added or removed. */
#include "db/published.h"
#include "db/verify_parts.h"

#include <string.h>

struct check {
    struct verification *verification;
    struct seal_digest *digests; /* of the reports that are there, by number from 1 */
    bool *is_there;
    bool *is_told;
    int64_t last; /* number in the table */
};

static void tell(const struct check *check, const char *message, int64_t number)
{
    struct problems *problems = check->verification->problems;
    verify_tell(problems, message, verify_number(problems, number), TEXT(""), TEXT(""));
}

static void check_row(struct check *check, struct sql_statement *row)
{
    int64_t number = sql_number(row, 0);
    struct text stored = sql_blob(row, 7);
    struct seal_digest digest = published_digest(sql_text(row, 8));
    check->verification->result.published++;
    if (number < 1 || number > PUBLISHED_MAX)
        return;
    check->digests[number] = digest;
    check->is_there[number] = true;
    check->last = number > check->last ? number : check->last;
    if (stored.len != sizeof digest.bytes ||
        memcmp(stored.ptr, digest.bytes, stored.len) != 0)
        tell(check, N_("Published report {1} was changed after it was published."),
            number);
}

static enum status check_rows(struct check *check)
{
    struct sql_statement *rows = sql_use(check->verification->sql, SQL_PUBLISHED_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        check_row(check, rows);
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

/* "published 3" of a line about one, with the digest that it had then. */
static void check_line(struct check *check, struct text subject, struct text detail)
{
    int64_t number = 0;
    struct seal_digest told;
    struct text front = TEXT("published ");
    struct text digits = {subject.ptr + front.len, subject.len - front.len};
    if (!text_starts_with(subject, front) || !text_to_number(digits, &number) ||
        number < 1 || number > PUBLISHED_MAX)
        return;
    check->is_told[number] = true;
    if (!check->is_there[number])
        tell(check, N_("The log tells of published report {1}, which is missing."),
            number);
    else if (!text_from_hex(detail, told.bytes, sizeof told.bytes) ||
             !seal_digest_equals(&told, &check->digests[number]))
        tell(check, N_("Published report {1} is not the one that the log tells of."),
            number);
}

static enum status check_log(struct check *check)
{
    struct sql_statement *rows = sql_use(check->verification->sql, SQL_AUDIT_AUDIT);
    struct text action = audit_word(AUDIT_REPORT_PUBLISH);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK)
        if (text_equals(sql_text(rows, 3), action))
            check_line(check, sql_text(rows, 4), sql_text(rows, 5));
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status verify_published(struct verification *verification)
{
    struct arena *arena = verification->problems->arena;
    struct check check = {.verification = verification,
        .digests = arena_take_array(arena, PUBLISHED_MAX + 1, sizeof *check.digests),
        .is_there = arena_take_array(arena, PUBLISHED_MAX + 1, sizeof(bool)),
        .is_told = arena_take_array(arena, PUBLISHED_MAX + 1, sizeof(bool))};
    if (check.digests == NULL || check.is_there == NULL || check.is_told == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = check_rows(&check);
    if (rc == STATUS_OK)
        rc = check_log(&check);
    for (int64_t number = 1; number <= check.last && rc == STATUS_OK; number++)
        if (check.is_there[number] && !check.is_told[number])
            tell(&check, N_("The log does not tell of published report {1}."), number);
    return rc;
}
