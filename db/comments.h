#pragma once
/* comments.h: what people wrote, for those who review it and for reports. Listed by wave,
   in the order of ids, which are random: nothing here tells in what order they came. A
   comment is never altered; only what became of it is. */
#include "db/audit.h"
#include "db/store.h"
#include "kiosk/report.h"

enum { COMMENT_ID_BYTES = 16, COMMENT_ID_LETTERS = 32 };

struct comment_id {
    unsigned char bytes[COMMENT_ID_BYTES];
};

/* COMMENT_ID_LETTERS hexadecimal digits. False for anything else, out untouched. */
bool comment_id_parse(struct text text, struct comment_id *out);
struct text comment_id_format(struct arena *arena, const struct comment_id *id);

struct comment_row {
    struct comment_id id;
    struct text item; /* the question's id */
    struct text text;
};

/* Which: of one wave, in one state but REVIEW_NEW, behind an id (all zeros: from the
   first). */
struct comments_query {
    struct text programme;
    struct text wave;
    enum review review;
    struct comment_id after;
    size_t limit;
};

/* In the arena; at most limit. */
MUST_CHECK enum status comments_list(struct store *store, struct arena *arena,
    const struct comments_query *query, struct comment_row **out, size_t *count);
/* The same inside the caller's transaction. */
MUST_CHECK enum status comments_list_within(struct sql *sql, struct arena *arena,
    const struct comments_query *query, struct comment_row **out, size_t *count);
/* How many of each wave are in which state; waves without released comments are not
   there. By programme and wave, in the arena. */
MUST_CHECK enum status comments_count(struct store *store, struct arena *arena,
    struct report_comment_wave **out, size_t *count);

/* An answer's comment lies where it came, in the order of arrival: an answer waits for
   one page and not for three. Puts those that came first, at most max, to the others,
   which lie by their ids; *settled says how many. In the caller's transaction, and
   whoever is alone in writing. */
MUST_CHECK enum status comments_settle(struct sql *sql, int64_t max, int64_t *settled);
/* All that lie there now, in short transactions of their own. */
void comments_settle_most(struct store *store);

/* Lets the new comments of a wave be read, with the release of its answers: in the
   caller's transaction, which is shorter after comments_settle_most. */
MUST_CHECK enum status comments_release(
    struct sql *sql, struct text programme, struct text wave);

/* Whose it is and what became of it; texts in the arena. NOT_FOUND. */
struct comment_place {
    struct text programme;
    struct text wave;
    enum review review;
};
MUST_CHECK enum status comments_get(struct store *store, const struct comment_id *id,
    struct arena *arena, struct comment_place *out);

/* What whoever decides saw, and what it shall become. */
struct comment_decision {
    struct comment_id id;
    enum review from;
    enum review to;
};
/* Decides, and tells the log, in one transaction. OK also if it is so already. CONFLICT:
   it is neither as it was seen nor as it shall be: somebody else was first. NOT_FOUND,
   also of one whose answer is not released. */
MUST_CHECK enum status comments_decide(
    struct store *store, const struct actor *actor, const struct comment_decision *order);

/* The same inside the caller's transaction. */
MUST_CHECK enum status comments_decide_within(
    struct sql *sql, const struct actor *actor, const struct comment_decision *order);

/* For a report, in the caller's view of the data: all counts, and of each wave the first
   REPORT_COMMENTS_MAX that may be shown; fewer where a programme has more words than a
   report has room for. */
MUST_CHECK enum status comments_load(
    struct sql *sql, struct arena *arena, struct report_comments_input *out);
