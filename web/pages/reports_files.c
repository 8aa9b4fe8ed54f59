/* reports_files.c: the report as files that are made on the press's thread. */
#include "web/app.h"
#include "web/pages/pages.h"
#include "web/pages/print.h"
#include "web/pages/reports_view.h"
#include "web/render/report_pdf.h"
#include "web/render/report_xlsx.h"

/* What a file is called by whoever gets it. */
struct file_kind {
    const char *content_type;
    const char *name;
    press_work_fn make;
};

struct file_work {
    const struct reports_making *making;
    struct text public_url;
    FILE *spool;
};

static enum status send_file(const struct request *request,
    const struct reports_making *making, const struct file_kind *kind,
    struct response *response)
{
    struct file_work work = {.making = making};
    enum status status = print_public_url(request, &work.public_url);
    if (status == STATUS_OK)
        status = print_send(request, kind->make, &work, &work.spool, response);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID ||
        status == STATUS_TOO_LARGE) {
        page_error(request, response, 500);
        return STATUS_OK;
    }
    response->content_type = kind->content_type;
    response->download = kind->name;
    return status;
}

static enum status make_xlsx(void *argument)
{
    const struct file_work *work = argument;
    const struct reports_making *making = work->making;
    return report_xlsx(
        making->arena, making->language, making->report, (struct text){0}, work->spool);
}

static enum status show_xlsx(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    static const struct file_kind kind = {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "report.xlsx", make_xlsx};
    return send_file(request, making, &kind, response);
}

enum status page_reports_xlsx(struct request *request, struct response *response)
{
    return reports_answer(request, show_xlsx, response);
}

static enum status make_pdf(void *argument)
{
    const struct file_work *work = argument;
    const struct reports_making *making = work->making;
    const struct report_pdf pdf = {
        making->language, making->report, (struct text){0}, work->public_url};
    return report_pdf(making->arena, &pdf, work->spool);
}

static enum status show_pdf(const struct request *request,
    const struct reports_making *making, struct response *response)
{
    static const struct file_kind kind = {"application/pdf", "report.pdf", make_pdf};
    return send_file(request, making, &kind, response);
}

enum status page_reports_pdf(struct request *request, struct response *response)
{
    return reports_answer(request, show_pdf, response);
}
