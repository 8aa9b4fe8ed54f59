#pragma once
/* plan_reading.h: what the readers of single values share. A reader puts what it read
   into the value and returns true, or reports why not and returns false. Used by
   plan_values.c, plan_texts.c and plan_numbers.c alone. */
#include "kiosk/plan_values.h"

struct reading {
    struct value_reader *reader;
    const struct plan_key *key;
    struct scalar scalar;
};

/* Report that the value is wrong; {1} is the value itself. All return false. */
bool reading_refuse(const struct reading *reading, const char *message,
    struct text second, struct text third, struct text did_you_mean);
bool reading_refuse_plainly(const struct reading *reading, const char *message);
bool reading_refuse_for(
    const struct reading *reading, const char *message, struct text did_you_mean);

/* The arena for arguments and suggestions. */
struct arena *reading_notes(const struct reading *reading);
struct text reading_number(const struct reading *reading, int64_t number);
/* Copies a good text into the plan's arena; false when that is full. */
bool reading_keep(const struct reading *reading, struct text text, struct text *out);

static inline struct text text_skip(struct text text, size_t count)
{
    return (struct text){text.ptr + count, text.len - count};
}

/* plan_texts.c */
bool read_text(const struct reading *reading, void *value);
bool read_id(const struct reading *reading, void *value);
bool read_item_id(const struct reading *reading, void *value);
bool read_reference(const struct reading *reading, void *value);
bool read_word(const struct reading *reading, void *value);
bool read_flag(const struct reading *reading, void *value);
bool read_when(const struct reading *reading, void *value);

/* plan_numbers.c */
bool read_number(const struct reading *reading, void *value);
bool read_target(const struct reading *reading, void *value);
bool read_confidence(const struct reading *reading, void *value);
bool read_points(const struct reading *reading, void *value);
bool read_date(const struct reading *reading, void *value);
bool read_hours(const struct reading *reading, void *value);
