#pragma once
/* csv.h: rows of comma-separated values as every program reads them (RFC 4180): CRLF,
   quotes where needed, and a ' before text that a spreadsheet would take for a formula.
 */
#include "kiosk/text.h"

/* A text cell, with the comma before it unless it is the row's first. */
void csv_add_text(struct buffer *out, bool is_first, struct text text);
/* A number cell: never taken for a formula, so nothing is put before it. As few digits as
   read back to the same double; infinity is "inf", NAN an empty cell. */
void csv_add_number(struct buffer *out, bool is_first, double number);
/* A count; -1 is an empty cell. */
void csv_add_count(struct buffer *out, bool is_first, int64_t count);
void csv_end_row(struct buffer *out);
