/* sheet_language.c: the language of a PDF, which cairo 1.16 has no way to set. A PDF may
   be changed by what is added behind it: here the catalogue once more, with the language
   and that the title is shown, and where to find it. */
#include "web/render/sheet_own.h"

#include <stdlib.h>
#include <string.h>

/* The catalogue is the last object, then comes a table of 20 bytes an object: it is asked
   for by its place, which the table's beginning tells. */
enum { TAIL_BYTES = 200, CATALOGUE_BYTES = 400 };

struct ending {
    long size;    /* of the file */
    long table;   /* where its table of objects begins */
    long objects; /* in it */
    long root;    /* the catalogue's number */
    long info;
    long place; /* of the catalogue */
    char catalogue[CATALOGUE_BYTES];
};

static bool read_at(FILE *pdf, long place, char *bytes, size_t size)
{
    if (fseek(pdf, place, SEEK_SET) != 0)
        return false;
    size_t len = fread(bytes, 1, size - 1, pdf);
    bytes[len] = '\0';
    return len > 0;
}

/* The number behind the word; -1 if it is not there. */
static long number_behind(const char *bytes, const char *word)
{
    const char *at = strstr(bytes, word);
    return at == NULL ? -1 : strtol(at + strlen(word), NULL, 10);
}

static bool read_trailer(FILE *pdf, struct ending *out)
{
    char tail[TAIL_BYTES];
    if (fflush(pdf) != 0 || fseek(pdf, 0, SEEK_END) != 0)
        return false;
    out->size = ftell(pdf);
    if (out->size < TAIL_BYTES ||
        !read_at(pdf, out->size - TAIL_BYTES + 1, tail, sizeof tail))
        return false;
    out->table = number_behind(tail, "startxref\n");
    out->objects = number_behind(tail, "/Size ");
    out->root = number_behind(tail, "/Root ");
    out->info = number_behind(tail, "/Info ");
    return out->table > 0 && out->objects > 0 && out->root > 0 && out->info > 0;
}

/* Its line of the table: ten digits of its place. */
static bool read_catalogue(FILE *pdf, struct ending *out)
{
    enum { LINE_BYTES = 20 };
    char head[40];
    char line[LINE_BYTES + 1];
    int head_bytes = snprintf(head, sizeof head, "xref\n0 %ld\n", out->objects);
    if (!read_at(
            pdf, out->table + head_bytes + LINE_BYTES * out->root, line, sizeof line))
        return false;
    out->place = strtol(line, NULL, 10);
    if (out->place <= 0 ||
        !read_at(pdf, out->place, out->catalogue, sizeof out->catalogue))
        return false;
    char *end = strstr(out->catalogue, "\n>>\nendobj");
    if (end == NULL || strstr(out->catalogue, "/Type /Catalog") == NULL)
        return false;
    *end = '\0';
    return true;
}

bool sheet_tell_language(FILE *pdf, const char *language)
{
    struct ending ending;
    if (!read_trailer(pdf, &ending) || !read_catalogue(pdf, &ending) ||
        fseek(pdf, ending.size, SEEK_SET) != 0)
        return false;
    int added = fprintf(pdf,
        "%s\n   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n"
        ">>\nendobj\n",
        ending.catalogue, language);
    if (added < 0)
        return false;
    long table = ending.size + added;
    return fprintf(pdf,
               "xref\n%ld 1\n%010ld 00000 n \ntrailer\n<< /Size %ld\n   /Root %ld 0 R\n"
               "   /Info %ld 0 R\n   /Prev %ld\n>>\nstartxref\n%ld\n%%%%EOF\n",
               ending.root, ending.size, ending.objects, ending.root, ending.info,
               ending.table, table) > 0 &&
           fflush(pdf) == 0;
}
