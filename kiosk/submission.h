#pragma once
/* submission.h: one filled questionnaire: anonymous, and checked before anything is kept.
   Answers are one text in the questionnaire's order: a rating is a digit, 0 for 说不清, -
   for blank; a choice is a bitmask in base 32 (lower-case 0-9a-v, fixed width, all zero
   for blank); texts are kept apart. */
#include "kiosk/plan.h"
#include "kiosk/problems.h"
#include "kiosk/status.h"

enum channel {
    CHANNEL_KIOSK,
    CHANNEL_POSTER,
    CHANNEL_SLIP,
    CHANNEL_LINK,
    CHANNEL_PAPER,
    CHANNEL_PHONE,
    CHANNEL_COUNT
};
enum mode { MODE_SELF, MODE_ASSISTED, MODE_COUNT };

enum {
    SUBMISSION_ID_BYTES = 16,
    SUBMISSION_ID_LETTERS = 36,
    SUBMISSION_RANDOM_BYTES = 16
};

/* UUIDv8: 32 bits of the period's first day in days since 1970-01-01, the rest random. */
struct submission_id {
    unsigned char bytes[SUBMISSION_ID_BYTES];
};

struct comment {
    struct text item;
    struct text text; /* cleaned: NFC, no control characters */
};

struct submission {
    struct submission_id id;
    struct text programme;
    struct text wave;
    struct text centre; /* empty: none */
    enum channel channel;
    enum mode mode;
    int64_t plan_version;
    day_t period;        /* first day */
    unsigned flags;      /* signs that it was not asked for: bits of stuffing.h */
    struct text answers; /* as above */
    int overall;         /* level of the item that counts; 0 unknown, -1 blank */
    struct comment *comments;
    size_t comment_count;
};

/* One name and value as they came: a form field, a column, a JSON member. */
struct field {
    struct text name;
    struct text value;
};

/* The words of the contract: "kiosk", "poster" …; "self", "assisted". Static. */
struct text channel_word(enum channel channel);
struct text mode_word(enum mode mode);
bool channel_parse(struct text word, enum channel *out);
bool mode_parse(struct text word, enum mode *out);

struct submission_id submission_id_make(
    day_t period, const unsigned char random[SUBMISSION_RANDOM_BYTES]);
/* Any case; INVALID unless it is a UUID of version 8. */
MUST_CHECK enum status submission_id_parse(struct text text, struct submission_id *out);
/* The same for a UUID of any version, as other programs give them. */
MUST_CHECK enum status submission_uuid_parse(struct text text, struct submission_id *out);
/* True if the version is 8, so that the first half may be a period. */
bool submission_id_is_ours(const struct submission_id *id);
void submission_id_format(
    const struct submission_id *id, char out[SUBMISSION_ID_LETTERS + 1]);
day_t submission_id_period(const struct submission_id *id);

/* Checks what was filled in against the questionnaire and sets answers, overall and
   comments of *out, in the arena; the rest of *out is the caller's. A level is one of the
   digits 1 to 5, or the word "unknown" where the item offers it. Values of items whose
   condition (`when`) does not hold are left out silently: people change their minds.
   Empty values mean blank; the fields "submission" and "shown_at" are
   skipped. INVALID: problems name each
   field. NO_MEMORY: the arena is full. */
MUST_CHECK enum status submission_check(struct arena *arena,
    const struct plan_questionnaire *questionnaire, const struct field *fields,
    size_t field_count, struct problems *problems, struct submission *out);

/* The same for what was collected elsewhere and is taken as it came: nothing is required,
   and the problems speak to whoever keeps the file, not to the person who answered. Their
   texts are borrowed from the fields and the questionnaire. */
MUST_CHECK enum status submission_check_collected(struct arena *arena,
    const struct plan_questionnaire *questionnaire, const struct field *fields,
    size_t field_count, struct problems *problems, struct submission *out);

/* ---- reading answers back ---- */
size_t answers_length(const struct plan_questionnaire *questionnaire);
/* The level 1–5 of a rating item; 0 unknown; -1 blank. */
int answers_level(
    const struct plan_questionnaire *questionnaire, struct text answers, size_t item);
/* The options ticked, bit 0 the first. */
uint32_t answers_options(
    const struct plan_questionnaire *questionnaire, struct text answers, size_t item);
/* True if the text could have been made by submission_check for this questionnaire. */
bool answers_fit(const struct plan_questionnaire *questionnaire, struct text answers);
