/* verify_comments.c: what became of comments against what the log tells: none is shown or
   held back that nobody decided about; and against the counts of each wave. Comments that
   an import took with it when it was withdrawn are missed by nobody. */
#include "db/comments.h"
#include "db/verify_parts.h"

#include <stdlib.h>
#include <string.h>

/* The last line about a comment. */
struct told {
    struct comment_id id;
    int64_t number;
    enum review review;
};

struct check {
    struct verification *verification;
    struct told *lines;
    size_t count;
    size_t capacity;
};

static bool add_line(struct check *check, const struct told *line)
{
    if (check->count == check->capacity) {
        size_t wanted = check->capacity * 2 + 256;
        struct told *grown = realloc(check->lines, wanted * sizeof *grown);
        if (grown == NULL)
            return false;
        check->lines = grown;
        check->capacity = wanted;
    }
    check->lines[check->count++] = *line;
    return true;
}

static enum status read_log(struct check *check)
{
    struct sql_statement *rows = sql_use(check->verification->sql, SQL_AUDIT_AUDIT);
    struct text action = audit_word(AUDIT_COMMENT_REVIEW);
    struct text front = TEXT("comment ");
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct text subject = sql_text(rows, 4);
        struct told line = {.number = sql_number(rows, 0)};
        if (!text_equals(sql_text(rows, 3), action) ||
            !text_starts_with(subject, front) ||
            !comment_id_parse(
                (struct text){subject.ptr + front.len, subject.len - front.len},
                &line.id) ||
            !review_parse(sql_text(rows, 5), &line.review))
            continue;
        if (!add_line(check, &line)) {
            sql_reset(rows);
            return STATUS_NO_MEMORY;
        }
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static int compare_lines(const void *a, const void *b)
{
    const struct told *left = a;
    const struct told *right = b;
    int order = memcmp(left->id.bytes, right->id.bytes, sizeof left->id.bytes);
    return order != 0 ? order
                      : (left->number > right->number) - (left->number < right->number);
}

/* What the log says last of the comment; REVIEW_NEW: nothing. Comments come in the order
   of their ids, so *at only moves on. */
static enum review find_told(const struct check *check, struct text id, size_t *at)
{
    enum review review = REVIEW_NEW;
    while (*at < check->count) {
        const struct told *line = &check->lines[*at];
        int order = memcmp(line->id.bytes, id.ptr, sizeof line->id.bytes);
        if (order > 0)
            break;
        if (order == 0)
            review = line->review;
        *at += 1;
    }
    return review;
}

static void check_comment(
    const struct check *check, struct text id, int64_t state, enum review told)
{
    struct problems *problems = check->verification->problems;
    bool is_decided = state > REVIEW_WAITS;
    bool matches = told == REVIEW_NEW ? !is_decided : state == (int64_t)told;
    if (matches || state < 0 || state >= REVIEW_COUNT)
        return;
    struct text name =
        text_hex(problems->arena, (const unsigned char *)id.ptr, COMMENT_ID_BYTES);
    if (told == REVIEW_NEW)
        verify_tell(problems,
            N_("Comment {1} is marked “{2}”, but the log tells of no decision."), name,
            review_word((enum review)state), TEXT(""));
    else
        verify_tell(problems, N_("Comment {1} is marked “{2}”, but the log says “{3}”."),
            name, review_word((enum review)state), review_word(told));
}

static enum status check_all(const struct check *check)
{
    struct sql_statement *rows = sql_use(check->verification->sql, SQL_COMMENT_AUDIT);
    size_t at = 0;
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        struct text id = sql_blob(rows, 0);
        if (id.len == COMMENT_ID_BYTES)
            check_comment(check, id, sql_number(rows, 1), find_told(check, id, &at));
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

static enum status check_counts(const struct check *check)
{
    struct problems *problems = check->verification->problems;
    struct sql_statement *rows =
        sql_use(check->verification->sql, SQL_COMMENT_COUNT_AUDIT);
    enum status rc;
    while ((rc = sql_step(rows)) == STATUS_OK) {
        int64_t state = sql_number(rows, 2);
        bool is_known = state > REVIEW_NEW && state < REVIEW_COUNT;
        struct text word = is_known ? review_word((enum review)state) : TEXT("?");
        struct text place = text_format(problems->arena, "%.*s %.*s, %.*s",
            TEXT_ARG(sql_text(rows, 0)), TEXT_ARG(sql_text(rows, 1)), TEXT_ARG(word));
        verify_tell(problems, N_("Comments of {1}: {2} are there, but {3} were counted."),
            place, verify_number(problems, sql_number(rows, 3)),
            verify_number(problems, sql_number(rows, 4)));
    }
    return rc == STATUS_NOT_FOUND ? STATUS_OK : rc;
}

enum status verify_comments(struct verification *verification)
{
    struct check check = {.verification = verification};
    enum status rc = read_log(&check);
    if (check.count > 0)
        qsort(check.lines, check.count, sizeof *check.lines, compare_lines);
    if (rc == STATUS_OK)
        rc = check_all(&check);
    if (rc == STATUS_OK)
        rc = check_counts(&check);
    free(check.lines);
    return rc;
}
