#pragma once
/* linkage.h: the attack of test_linkage.c: joins things of three kinds that were stored
   together, from nothing but the bytes of files.

   A trace gives each thing a number that may tell when it came: where it stands in a file
   first, last, or in its page; which frame of the log has it; which frames have its page.
   Two kinds are joined by ranks of a trace (from either end) or by its nearest value, and
   by bytes they have in common. Pairs drawn at random are right about once, however many
   there are. */
#include <stdbool.h>
#include <stddef.h>

enum { MARK_BYTES = 16 };

enum mark_kind { MARK_CODE, MARK_COMMENT, MARK_SUBMISSION, MARK_KIND_COUNT };

struct attack; /* the caller frees with attack_free */

/* For so many persons; NULL without memory. */
struct attack *attack_new(int person_count);
void attack_free(struct attack *attack); /* accepts NULL */

/* 16 bytes by which a thing of that person is known, anywhere: random ones, whose order
   tells nothing. Each kind once a person, before attack_run. */
void attack_mark(struct attack *attack, enum mark_kind kind, int person,
    const unsigned char bytes[MARK_BYTES]);

struct attack_result {
    int tries;
    int most;           /* right pairs of the best try */
    int bound;          /* 99.9 % of as many random tries have at most this many */
    char best[120];     /* which it was */
    double order;       /* the largest |Spearman correlation| of a trace of codes or
                           comments with the order of persons … */
    double order_bound; /* … which chance exceeds once in a thousand runs */
    char order_by[120];
    int sightings; /* of all marks in all files: the search does find them */
};

/* Tries all on the files of the folder (a store's names, backup.db, stderr.txt). */
void attack_run(struct attack *attack, const char *folder, struct attack_result *out);
