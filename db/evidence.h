#pragma once
/* evidence.h: a file that proves a report without the server: every version of the plan,
   every submission, tallies, sets, seals, the log, what is told of batches and imports,
   and the report. It is a SQLite database of the store's own form, so that verify reads
   it like a backup; but there are no codes in it, no comments, no operators and no keys,
   and nothing of them in its free pages, since it is written anew. */
#include "db/store.h"

/* What a file says about itself: settings that a store has not. */
enum evidence_word {
    EVIDENCE_PROGRAM,  /* the version that made it */
    EVIDENCE_README,   /* what it is and how to check it, for people */
    EVIDENCE_REPORT,   /* the report as JSON */
    EVIDENCE_AS_OF,    /* its day, YYYY-MM-DD … */
    EVIDENCE_LANGUAGE, /* … and the language of its notices: zh, en */
    EVIDENCE_WORD_COUNT
};

/* NOT_FOUND: the store is no evidence. */
MUST_CHECK enum status evidence_get(
    struct store *store, enum evidence_word word, struct arena *arena, struct text *out);

/* Copies the store, as it is at one moment, into a new file beside path that has ".part"
   behind its name. Memory does not grow with the rows. Problems hold one sentence on
   failure: CONFLICT something is there, INTERNAL the disk. progress may be NULL. */
MUST_CHECK enum status evidence_begin(struct store *store, const char *path,
    struct problems *problems, void (*progress)(void *, int64_t done, int64_t total),
    void *context);

/* The name of that file, in the arena. */
const char *evidence_part(struct arena *arena, const char *path);

/* Writes the words into it and gives it its name, once it is on the disk. */
MUST_CHECK enum status evidence_finish(const char *path,
    const struct text words[EVIDENCE_WORD_COUNT], struct problems *problems);
/* Throws it away. */
void evidence_drop(const char *path);
