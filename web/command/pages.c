/* pages.c: files of pages on their way out: written whole to an unlinked file first, so
   that a print that breaks off leaves no half file behind. */
#include "web/command/command.h"

#include "web/tr.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_BYTES = 4096 };

bool can_write_pages(const struct invocation *call)
{
    if (isatty(STDOUT_FILENO) == 0)
        return true;
    (void)usage_error(call,
        tr(call->language, "Pages can't be shown here; write them to a file: … >{1}"),
        "pages.pdf", NULL);
    return false;
}

static bool copy_spooled(FILE *spool, FILE *out)
{
    char chunk[CHUNK_BYTES];
    size_t len;
    bool is_written = fflush(spool) == 0 && fseek(spool, 0, SEEK_SET) == 0;
    while (is_written && (len = fread(chunk, 1, sizeof chunk, spool)) > 0)
        is_written = fwrite(chunk, 1, len, out) == len;
    return is_written && ferror(spool) == 0 && fflush(out) == 0;
}

enum exit_code write_spooled(const struct invocation *call, FILE *spool)
{
    if (copy_spooled(spool, stdout))
        return EXIT_DONE;
    complain(call, tr(call->language, "The result could not be written."), NULL);
    return EXIT_FAILED;
}

static bool write_to(FILE *file, const struct product *product)
{
    if (product->spool != NULL)
        return copy_spooled(product->spool, file);
    return fwrite(product->text.ptr, 1, product->text.len, file) == product->text.len;
}

enum exit_code write_product(const struct invocation *call, const struct product *product)
{
    const char *name = call->values[OPTION_OUTPUT];
    if (name == NULL)
        return product->spool == NULL ? write_result(call, product->text)
                                      : write_spooled(call, product->spool);
    FILE *file = fopen(name, "wb");
    bool is_written = file != NULL && write_to(file, product);
    if (file != NULL && fclose(file) != 0)
        is_written = false;
    if (is_written)
        return EXIT_DONE;
    complain(call, tr(call->language, "{1} can't be written: {2}."), name,
        strerror(errno), NULL);
    return EXIT_FAILED;
}

void complain_of_print(const struct invocation *call, enum status status)
{
    if (status == STATUS_NOT_FOUND)
        complain(call,
            tr(call->language,
                "No font here has Chinese characters; nothing was printed. Install one: "
                "apt-get install fonts-noto-cjk"),
            NULL);
    else if (status == STATUS_INVALID)
        complain(call,
            tr(call->language, "A name has a character that no font here has; nothing "
                               "was printed. Write it with another one in the plan."),
            NULL);
    else if (status == STATUS_TOO_LARGE)
        complain(call,
            tr(call->language, "The public address is too long for a symbol. Give a "
                               "shorter one: --public-url URL"),
            NULL);
    else
        complain(call, tr(call->language, "The pages can't be made: {1}."),
            status_words(status), NULL);
}
