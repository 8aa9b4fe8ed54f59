#pragma once
/* csv_reader.h: reads a table somebody else wrote (RFC 4180): the whole file into memory,
   then a row at a time. Takes UTF-8, with or without a byte order mark, and GB18030,
   which a Chinese spreadsheet program writes; which of the two is decided for the whole
   file. The only home of libcsv. A reader is used by one thread at a time. */
#include "kiosk/problems.h"
#include "kiosk/status.h"

#define CSV_NONE SIZE_MAX /* no such column */

/* Borrowed from the reader until the next csv_next, csv_rewind or csv_close. */
struct csv_row {
    unsigned line;      /* where it begins, from 1; quoted cells may go over several */
    struct text *cells; /* without quotes; unquoted ones without blanks at both ends */
    size_t cell_count;  /* 1–CSV_CELLS_MAX */
    size_t offset;      /* for csv_seek */
};

struct csv_reader;

/* Reads a file of at most CSV_BYTES_MAX and decodes it. The caller closes. On failure one
   problem says why: NOT_FOUND it can't be read, TOO_LARGE, INVALID its encoding. */
MUST_CHECK enum status csv_open(
    const char *path, struct problems *problems, struct csv_reader **out);
/* The same for bytes from malloc, which are the reader's from here on, even on failure.
 */
MUST_CHECK enum status csv_adopt(
    char *bytes, size_t size, struct problems *problems, struct csv_reader **out);
void csv_close(struct csv_reader *reader); /* accepts NULL */

/* The next row that is not blank. NOT_FOUND: there is no more. INVALID: a problem names
   the line of a row that can't be read (quotation marks that don't match, a row over
   CSV_ROW_BYTES_MAX or CSV_CELLS_MAX); the next call goes on behind that line. */
MUST_CHECK enum status csv_next(
    struct csv_reader *reader, struct problems *problems, struct csv_row *out);
/* Begins again with the first row. */
void csv_rewind(struct csv_reader *reader);
/* Goes on with a row that was read before; offset and line are that row's. */
void csv_seek(struct csv_reader *reader, size_t offset, unsigned line);

/* The whole file as UTF-8 without its mark, whatever it was saved as; borrowed. */
struct text csv_content(const struct csv_reader *reader);

/* The first cell with that text, blanks at both ends not counting; CSV_NONE: none. */
size_t csv_find(const struct csv_row *header, struct text name);
