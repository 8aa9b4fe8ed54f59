#pragma once
/* problems.h: what is wrong with something a person gave, as data. The domain collects,
   the faces translate and print: `message` is an English msgid with {1} to {4} for the
   arguments. */
#include "kiosk/arena.h"
#include "kiosk/text.h"

enum { PROBLEM_ARGUMENTS_MAX = 4 };

struct problem {
    unsigned line;       /* from 1; 0: no place in a file */
    unsigned column;     /* from 1, in characters; 0: the whole line */
    struct text field;   /* the form field or plan key; may be empty */
    const char *message; /* static, marked with N_() */
    struct text argument[PROBLEM_ARGUMENTS_MAX];
    struct text did_you_mean; /* empty: no suggestion */
};

struct problems {
    struct arena *arena;
    struct problem *list;
    size_t count;
    size_t capacity;
    bool is_incomplete; /* the arena was full, or PROBLEMS_MAX reached: there are more */
};

void problems_init(struct problems *problems, struct arena *arena);
/* Copies the problem; its texts are borrowed and must live as long as the arena's
 * content. */
void problems_add(struct problems *problems, struct problem problem);
/* The same for a problem that quotes a file or a field which may be gone before it is
   printed: its arguments and suggestion are copied, shortened to some 60 bytes, and hold
   nothing that moves a terminal's cursor. */
void problems_add_quoted(struct problems *problems, struct problem problem);
/* By line and column, stable. */
void problems_sort(struct problems *problems);
