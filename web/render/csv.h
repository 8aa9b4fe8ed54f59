#pragma once
/* csv.h: rows of comma-separated values as every program reads them (RFC 4180): CRLF,
   quotes where needed, and a ' before text that a spreadsheet would take for a formula.
 */
#include "kiosk/text.h"

/* A text cell, with the comma before it unless it is the row's first. */
void csv_add_text(struct buffer *out, bool is_first, struct text text);
void csv_end_row(struct buffer *out);
