#pragma once
/* plan_indent.h: tabs and full-width spaces in front of a line. YAML takes neither, and
   nobody sees them: they are reported once for all lines, and mended to the width that
   makes the line fit the ones above. Used by plan_repair.c alone. */
#include "kiosk/plan_cursor.h"

struct level { /* where something began in a line above and is still open */
    unsigned column;
    bool is_dash; /* a list's "- ", else a key */
};

struct indent {
    struct level levels[PLAN_NESTING_MAX];
    size_t level_count;
    struct place first; /* of the lines that are counted */
    unsigned lines;
    unsigned last_line;
};

/* A key or a "- " begins in this column of the mended text. */
void indent_note(struct indent *indent, unsigned column, bool is_dash);
/* Copies or mends the blanks at the beginning of a line. */
void indent_mend(struct indent *indent, struct cursor *cursor);
/* Mends a tab behind a "- ". */
void indent_mend_tab(struct indent *indent, struct cursor *cursor);
void indent_report(const struct indent *indent, struct problems *problems);
