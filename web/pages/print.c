/* print.c: from the press to the client. */
#include "web/pages/print.h"

#include "web/app.h"

#include <sys/mman.h>

/* Hands the file's bytes to the response; the file itself may be closed then. */
static enum status map_file(FILE *file, struct response *response)
{
    if (fflush(file) != 0)
        return STATUS_INTERNAL;
    long size = ftell(file);
    if (size <= 0)
        return STATUS_INTERNAL;
    void *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    if (bytes == MAP_FAILED)
        return STATUS_NO_MEMORY;
    response->file = (struct text){bytes, (size_t)size};
    response->is_mapped = true;
    /* cppcheck-suppress memleak ; the response owns the mapping, the server ends it */
    return STATUS_OK;
}

enum status print_send(const struct request *request, press_work_fn work, void *argument,
    FILE **spool, struct response *response)
{
    const struct app *app = request->app;
    *spool = tmpfile();
    if (*spool == NULL)
        return STATUS_INTERNAL;
    enum status status = press_run(app->press, work, argument);
    if (status == STATUS_OK)
        status = map_file(*spool, response);
    (void)fclose(*spool);
    return status;
}

enum status print_public_url(const struct request *request, struct text *out)
{
    const struct app *app = request->app;
    enum status status = store_get_setting(app->store, "public_url", request->arena, out);
    if (status == STATUS_NOT_FOUND)
        *out = text_format(
            request->arena, "http://%.*s", TEXT_ARG(request_header(request, "Host")));
    else if (status != STATUS_OK)
        return status;
    while (out->len > 0 && out->ptr[out->len - 1] == '/')
        out->len--;
    return STATUS_OK;
}
