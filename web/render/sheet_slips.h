#pragma once
/* sheet_slips.h: printed one-time codes: A4 sheets of slips with marks to cut along. No
   names and no numbers; the order is that of codes_make, which is random. */
#include "web/render/sheet.h"

/* How many stand on a page. */
enum slips_layout {
    SLIPS_24, /* 70 × 37 mm, 3 × 8 */
    SLIPS_10, /* 105 × 59 mm, 2 × 5 */
    SLIPS_LAYOUT_COUNT
};

/* "24" or "10". False otherwise. */
bool slips_layout_parse(struct text word, enum slips_layout *out);
size_t slips_per_page(enum slips_layout layout);

struct slips {
    struct text programme;  /* its name */
    struct text public_url; /* without a slash at its end */
    enum slips_layout layout;
    bool is_test; /* 试打印: the codes open nothing */
    bool is_demo; /* of a demonstration */
    const struct code *codes;
    size_t count;
    day_t day;
    void (*show)(void *progress, int64_t done, int64_t total); /* or NULL */
    void *progress;
};

/* NOT_FOUND, INVALID, INTERNAL as of sheet_open and sheet_close; TOO_LARGE: the address
   is too long for a symbol. Takes the same memory for ten slips and for ten thousand. */
MUST_CHECK enum status slips_print(const struct slips *slips, FILE *out);
/* What sheet_open would say: NOT_FOUND without fonts. Asked before codes are made. */
MUST_CHECK enum status slips_can_print(void);
