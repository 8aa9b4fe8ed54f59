/* csv_reader.c: the file is decoded once, then libcsv is fed a line at a time, so that a
   row can be handed out before the next is read: a line's end ends the row, unless a
   quoted cell is open. */
#include "web/csv_reader.h"

#include "kiosk/language.h"
#include "kiosk/limits.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUOTES_MISMATCH                                                                  \
    N_("The quotation marks of this cell do not match. Put one at each end, and write "  \
       "those inside it twice.")

struct place {
    size_t at; /* in the content */
    unsigned line;
};

struct csv_reader {
    char *bytes;         /* owned */
    struct text content; /* what counts of them */
    struct csv_parser parser;
    struct place next; /* what was not fed yet */

    /* the row at hand */
    struct place row;
    unsigned open_line;  /* where the cell begins that is not finished */
    struct place resume; /* behind that line */
    size_t fed;
    bool is_done;
    bool has_too_many_cells;
    size_t cell_count;
    size_t used; /* of letters */
    struct text cells[CSV_CELLS_MAX];
    char letters[CSV_ROW_BYTES_MAX];
};

static void report(
    struct problems *problems, unsigned line, const char *message, struct text argument)
{
    problems_add(problems, (struct problem){.line = line,
                               .column = line > 0 ? 1 : 0,
                               .message = message,
                               .argument = {argument}});
}

/* ---- reading the file ---- */

/* At most one byte more than the limit, so that whoever decodes can tell. NULL: errno. */
static char *read_whole(FILE *file, size_t *size)
{
    size_t room = 65536;
    char *bytes = malloc(room);
    *size = 0;
    while (bytes != NULL) {
        *size += fread(bytes + *size, 1, room - *size, file);
        if (ferror(file) != 0) {
            free(bytes);
            return NULL;
        }
        if (*size < room || room > CSV_BYTES_MAX)
            return bytes;
        room = room * 2 > CSV_BYTES_MAX ? CSV_BYTES_MAX + 1 : room * 2;
        char *longer = realloc(bytes, room);
        if (longer == NULL)
            free(bytes);
        bytes = longer;
    }
    return NULL;
}

enum status csv_open(const char *path, struct problems *problems, struct csv_reader **out)
{
    size_t size = 0;
    FILE *file = fopen(path, "rb");
    char *bytes = file == NULL ? NULL : read_whole(file, &size);
    int error = errno;
    if (file != NULL)
        (void)fclose(file);
    if (bytes != NULL)
        return csv_adopt(bytes, size, problems, out);
    report(problems, 0, N_("This file can't be read: {1}."),
        text_copy(problems->arena, text_of(strerror(error))));
    return STATUS_NOT_FOUND;
}

/* ---- decoding ---- */

/* A byte order mark, or the zero byte that UTF-16 puts beside every ASCII letter. */
static bool is_utf16(struct text file)
{
    if (file.len < 2)
        return false;
    unsigned char first = (unsigned char)file.ptr[0];
    unsigned char second = (unsigned char)file.ptr[1];
    return (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF) ||
           first == 0 || second == 0;
}

static struct text behind(struct text text, size_t len)
{
    return (struct text){text.ptr + len, text.len - len};
}

/* UTF-8 with a damaged byte must not be taken for GB18030: it would be read as other
   words. Chinese takes three bytes in UTF-8 nearly always, and two Chinese characters in
   GB18030 hardly ever look like such three; like two bytes of UTF-8 they often do. */
static bool is_damaged_utf8(struct text file)
{
    size_t good = 0;
    size_t bad = 0;
    while (file.len > 0) {
        size_t valid = text_utf8_length(file);
        for (size_t i = 0; i < valid; i++)
            good += (unsigned char)file.ptr[i] >= 0xE0;
        file = behind(file, valid);
        if (file.len > 0) {
            bad++;
            file = behind(file, 1);
        }
    }
    return good >= bad;
}

static unsigned line_of(struct text content, size_t at)
{
    unsigned line = 1;
    for (size_t i = 0; i < at; i++)
        line += content.ptr[i] == '\n';
    return line;
}

/* A copy in UTF-8, which the caller frees; NULL if it is not GB18030 (*bad: where) or
   without memory. */
static char *from_gb18030(char *bytes, size_t len, size_t *size, size_t *bad)
{
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    size_t left = len;
    size_t room = len * 2; /* two bytes become three, four stay four */
    char *whole = malloc(room);
    char *to = whole;
    *bad = 0;
    if (whole == NULL || converter == (iconv_t)-1) {
        free(whole);
        return NULL;
    }
    size_t result = iconv(converter, &bytes, &left, &to, &room);
    (void)iconv_close(converter);
    *bad = len - left;
    *size = (size_t)(to - whole);
    if (result != (size_t)-1)
        return whole;
    free(whole);
    return NULL;
}

static enum status decode_gb18030(struct csv_reader *reader, struct problems *problems)
{
    size_t size = 0;
    size_t bad = 0;
    char *converted = from_gb18030(reader->bytes, reader->content.len, &size, &bad);
    if (converted == NULL) {
        report(problems, line_of(reader->content, bad),
            N_("This file is neither UTF-8 nor GB18030. Save it again as UTF-8."),
            TEXT(""));
        return STATUS_INVALID;
    }
    free(reader->bytes);
    reader->bytes = converted;
    reader->content = (struct text){converted, size};
    return STATUS_OK;
}

static enum status decode(struct csv_reader *reader, struct problems *problems)
{
    const struct text mark = TEXT("\xEF\xBB\xBF");
    if (is_utf16(reader->content)) {
        report(problems, 1, N_("This file is saved as UTF-16. Save it again as UTF-8."),
            TEXT(""));
        return STATUS_INVALID;
    }
    size_t valid = text_utf8_length(reader->content);
    if (valid < reader->content.len && is_damaged_utf8(reader->content)) {
        report(problems, line_of(reader->content, valid),
            N_("A character in this line is not UTF-8. Type it again and save the file "
               "as UTF-8."),
            TEXT(""));
        return STATUS_INVALID;
    }
    enum status rc = STATUS_OK;
    if (valid < reader->content.len)
        rc = decode_gb18030(reader, problems);
    if (text_starts_with(reader->content, mark))
        reader->content = behind(reader->content, mark.len);
    return rc;
}

enum status csv_adopt(
    char *bytes, size_t size, struct problems *problems, struct csv_reader **out)
{
    enum status rc = STATUS_NO_MEMORY;
    struct csv_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        free(bytes);
        return rc;
    }
    reader->bytes = bytes;
    reader->content = (struct text){bytes, size};
    if (size > CSV_BYTES_MAX) {
        rc = STATUS_TOO_LARGE;
        report(problems, 0,
            N_("This file is larger than {1} MiB. Cut it into several files, each with "
               "the header row."),
            text_format(problems->arena, "%d", CSV_BYTES_MAX >> 20));
    } else {
        rc = decode(reader, problems);
    }
    if (rc != STATUS_OK) {
        csv_close(reader);
        return rc;
    }
    csv_rewind(reader);
    *out = reader;
    return STATUS_OK;
}

static void restart_parser(struct csv_reader *reader)
{
    csv_free(&reader->parser);
    /* Fails only without a parser. */
    (void)csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_blk_size(&reader->parser, 4096);
}

void csv_close(struct csv_reader *reader)
{
    if (reader == NULL)
        return;
    csv_free(&reader->parser);
    free(reader->bytes);
    free(reader);
}

void csv_rewind(struct csv_reader *reader)
{
    restart_parser(reader);
    reader->next = (struct place){0, 1};
}

/* Between two calls of csv_next no row is open, so the parser may stay as it is. */
void csv_seek(struct csv_reader *reader, size_t offset, unsigned line)
{
    reader->next = (struct place){offset, line};
}

struct text csv_content(const struct csv_reader *reader)
{
    return reader->content;
}

/* ---- rows ---- */

/* A finished cell, from libcsv. The row's letters are fewer than the bytes it was fed. */
static void add_cell(void *letters, size_t len, void *context)
{
    struct csv_reader *reader = context;
    if (reader->cell_count == CSV_CELLS_MAX) {
        reader->has_too_many_cells = true;
        return;
    }
    char *copy = reader->letters + reader->used;
    if (len > 0)
        memcpy(copy, letters, len);
    reader->cells[reader->cell_count++] = (struct text){copy, len};
    reader->used += len;
}

static void end_row(int terminator, void *context)
{
    struct csv_reader *reader = context;
    (void)terminator;
    reader->is_done = true;
}

/* The next line with its end (\n, \r\n or \r); empty at the end of the file. */
static struct text next_line(const struct csv_reader *reader)
{
    struct text rest = behind(reader->content, reader->next.at);
    size_t len = 0;
    while (len < rest.len && rest.ptr[len] != '\n' && rest.ptr[len] != '\r')
        len++;
    if (len < rest.len && rest.ptr[len++] == '\r' && len < rest.len &&
        rest.ptr[len] == '\n')
        len++;
    return (struct text){rest.ptr, len};
}

static void move_on(struct csv_reader *reader, size_t len)
{
    reader->next.at += len;
    reader->next.line++;
}

static void begin_row(struct csv_reader *reader)
{
    reader->fed = 0;
    reader->is_done = false;
    reader->has_too_many_cells = false;
    reader->cell_count = 0;
    reader->used = 0;
}

/* The row can't be read. The next one is looked for behind the line that is named, so
   that a quotation mark that was forgotten doesn't hide the rest of the file. */
static enum status give_up(
    struct csv_reader *reader, struct problems *problems, const char *message)
{
    report(problems, reader->open_line, message,
        text_format(problems->arena, "%d", CSV_ROW_BYTES_MAX));
    restart_parser(reader);
    reader->next = reader->resume;
    return STATUS_INVALID;
}

static enum status feed_line(
    struct csv_reader *reader, struct text line, struct problems *problems)
{
    size_t cells_before = reader->cell_count;
    size_t parsed = 0;
    bool is_first = reader->fed == 0;
    bool is_too_long = line.len > CSV_ROW_BYTES_MAX - reader->fed;
    unsigned number = reader->next.line;
    if (is_first)
        reader->row = reader->next;
    move_on(reader, line.len);
    if (!is_too_long)
        parsed =
            csv_parse(&reader->parser, line.ptr, line.len, add_cell, end_row, reader);
    if (is_first || reader->cell_count > cells_before) {
        reader->open_line = number;
        reader->resume = reader->next;
    }
    reader->fed += parsed;
    if (is_too_long)
        return give_up(reader, problems,
            N_("A row is longer than {1} bytes from here on. Is a quotation mark not "
               "closed?"));
    if (parsed == line.len)
        return STATUS_OK;
    if (csv_error(&reader->parser) != CSV_EPARSE)
        return STATUS_NO_MEMORY;
    return give_up(reader, problems, QUOTES_MISMATCH);
}

/* The file ends without a line's end, or inside quotes. */
static enum status end_file(struct csv_reader *reader, struct problems *problems)
{
    if (csv_fini(&reader->parser, add_cell, end_row, reader) != 0)
        return give_up(reader, problems, QUOTES_MISMATCH);
    reader->is_done = true;
    return STATUS_OK;
}

enum status csv_next(
    struct csv_reader *reader, struct problems *problems, struct csv_row *out)
{
    enum status rc = STATUS_OK;
    begin_row(reader);
    while (rc == STATUS_OK && !reader->is_done) {
        struct text line = next_line(reader);
        if (line.len == 0 && reader->fed == 0)
            return STATUS_NOT_FOUND;
        if (reader->fed == 0 && text_trim(line).len == 0)
            move_on(reader, line.len);
        else
            rc = line.len == 0 ? end_file(reader, problems)
                               : feed_line(reader, line, problems);
    }
    if (rc != STATUS_OK)
        return rc;
    if (reader->has_too_many_cells) {
        report(problems, reader->row.line, N_("This row has more than {1} cells."),
            text_format(problems->arena, "%d", CSV_CELLS_MAX));
        return STATUS_INVALID;
    }
    *out = (struct csv_row){.line = reader->row.line,
        .cells = reader->cells,
        .cell_count = reader->cell_count,
        .offset = reader->row.at};
    return STATUS_OK;
}

size_t csv_find(const struct csv_row *header, struct text name)
{
    for (size_t i = 0; i < header->cell_count; i++)
        if (text_equals(text_trim(header->cells[i]), name))
            return i;
    return CSV_NONE;
}
