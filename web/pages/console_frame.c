/* console_frame.c: the frame of the console, from the request and who is signed in. */
#include "web/pages/console_frame.h"

#include "web/tr.h"

/* The pages of the console, in the order of the tabs; what lies below a path belongs to
   it. */
static const struct {
    const char *path;
    const char *words;
} pages[] = {
    {"/reports", N_("Reports")},
    {"/publish", N_("Publishing")},
    {"/codes", N_("Codes and posters")},
    {"/comments", N_("Comments")},
    {"/flags", N_("Flags")},
    {"/operators", N_("Staff")},
    {"/selftest", N_("Self-test")},
};
enum { PAGE_COUNT = sizeof pages / sizeof *pages };
_Static_assert((int)PAGE_COUNT <= (int)CONSOLE_TABS_MAX, "a tab for each page");

static bool is_below(struct text path, struct text top)
{
    return text_starts_with(path, top) &&
           (path.len == top.len || path.ptr[top.len] == '/');
}

struct console_frame console_frame_of(const struct request *request, const char *title)
{
    enum language language = request->language;
    struct console_frame frame = {
        .page = frame_of(request, title),
        .sign_out = url_page(request->arena, "/signout", language),
        .home = url_page(request->arena, pages[0].path, language),
    };
    frame.page.stylesheet = url_asset("console.css");
    frame.page.module = (struct url){0};
    if (request->visitor == NULL)
        return frame;
    frame.name = request->visitor->account.name.shown;
    frame.proof = request->visitor->proof;
    for (size_t i = 0; i < PAGE_COUNT; i++)
        frame.tabs[frame.tab_count++] = (struct console_tab){
            .url = url_page(request->arena, pages[i].path, language),
            .words = text_of(tr(language, pages[i].words)),
            .is_current = is_below(request->path, text_of(pages[i].path)),
        };
    return frame;
}
