#pragma once
/* tr.h: what the program says, in two languages. Messages are written in English, which
   is also the key; web/po holds the Chinese, embedded by the build. xgettext finds tr,
   trn and N_. Thread-safe: everything is const. */
#include "kiosk/language.h"
#include "kiosk/problems.h"

/* The message in that language, static; English, or a message that has no translation, is
   the message itself. */
const char *tr(enum language language, const char *message);
/* The same for a count: Chinese has one form, English another for 1. */
const char *trn(enum language language, const char *one, const char *many, int64_t n);

/* tr with {1} to {9} replaced by the arguments (nothing is escaped: this is for plain
   text; pages use {{_ }}). In the arena; ptr NULL when full. A number without an argument
   stays as it is. */
struct text tr_format(struct arena *arena, enum language language, const char *message,
    const struct text *arguments, size_t count);
/* A problem as a sentence, with what was probably meant. In the arena; ptr NULL when
   full. */
struct text tr_problem(
    struct arena *arena, enum language language, const struct problem *problem);

/* The wording in that language, or in the other where it is empty. */
struct text tr_wording(enum language language, const struct wording *wording);
/* "zh-CN" or "en", for the lang attribute; static. */
const char *tr_tag(enum language language);

/* The embedded .mo file of Chinese; for tests. */
struct text tr_catalogue(void);
