#pragma once
/* language.h: the two languages and wordings that carry both. */
#include "kiosk/text.h"

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_COUNT };

struct wording {
    struct text in[LANGUAGE_COUNT];
};

/* Marks an English message for translation where it is written down as data; web/
 * translates it. */
#define N_(message) (message)
