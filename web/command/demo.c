/* demo.c: makes the demonstration and tells where to look at it. */
#include "web/command/demo.h"

#include "web/command/progress.h"
#include "web/shipped_plan.h"
#include "web/tr.h"

#include "db/codes.h"
#include "db/demo_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    DEMO_ARENA_BYTES = 64 * 1024 * 1024, /* touched as far as it is used: some 5 MB */
    LABEL_COLUMNS = 14
};

/* ---- the folder ---- */

bool demo_folder_make(const struct invocation *call, char path[DEMO_FOLDER_BYTES])
{
    const char *above = getenv("TMPDIR");
    if (above == NULL || above[0] == '\0')
        above = "/tmp";
    int len = snprintf(path, DEMO_FOLDER_BYTES, "%s/manyi-demo.XXXXXX", above);
    if (len > 0 && len < DEMO_FOLDER_BYTES && mkdtemp(path) != NULL)
        return true;
    complain(call,
        tr(call->language, "No folder can be made in {1}: {2}. Set TMPDIR, or name one "
                           "with --store DIR."),
        above, strerror(len >= DEMO_FOLDER_BYTES ? ENAMETOOLONG : errno), NULL);
    return false;
}

/* A store is flat: files and no folders. */
void demo_folder_remove(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    (void)closedir(folder);
    (void)rmdir(path);
}

/* ---- filling ---- */

/* As if it had been put in force on New Year's Day. */
static enum status apply_plan(
    struct arena *arena, struct session *session, struct problems *problems)
{
    int64_t version = 0;
    bool is_new = false;
    day_t first = day_of((struct date){2026, 1, 1});
    enum status status = plans_apply(
        session->store, arena, shipped_plan(), first, problems, &version, &is_new);
    return status == STATUS_OK ? plans_refresh(session->plans, session->store) : status;
}

static enum status fill(struct arena *arena, struct session *session)
{
    struct demo demo;
    const struct plan_version *version = plans_current(session->plans);
    if (version == NULL)
        return STATUS_INTERNAL;
    enum status status = demo_make(arena, version->plan, version->version, &demo);
    if (status != STATUS_OK)
        return status;
    struct progress progress;
    progress_begin(&progress);
    status = demo_store_fill(session->store, arena, &demo, progress_show, &progress);
    progress_end(&progress);
    return status;
}

static enum status make_demo(const struct invocation *call, struct session *session)
{
    struct problems problems;
    struct arena *arena = arena_new(DEMO_ARENA_BYTES);
    enum status status = arena == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK) {
        problems_init(&problems, arena);
        status = demo_store_begin(session->store);
    }
    if (status == STATUS_OK)
        status = apply_plan(arena, session, &problems);
    if (status == STATUS_OK)
        status = fill(arena, session);
    arena_free(arena);
    if (status == STATUS_CONFLICT)
        complain(call,
            tr(call->language,
                "The store at {1} is not a demonstration and never becomes one. Name a "
                "new folder, or leave --store out."),
            session_store_name(call), NULL);
    else if (status != STATUS_OK)
        complain(call, tr(call->language, "The demonstration can't be made: {1}."),
            status_words(status), NULL);
    return status;
}

enum status demo_prepare(const struct invocation *call, struct session *session)
{
    enum demo_state state;
    enum status status = demo_store_find(session->store, &state);
    if (status == STATUS_OK && state == DEMO_READY)
        return STATUS_OK;
    if (status == STATUS_OK && state == DEMO_PARTIAL) {
        complain(call,
            tr(call->language,
                "The demonstration at {1} was broken off while it was made. Remove the "
                "folder, then try again."),
            session_store_name(call), NULL);
        return STATUS_INVALID;
    }
    status = make_demo(call, session);
    if (status == STATUS_OK)
        session_become_demo(session);
    return status;
}

/* ---- where to begin ---- */

/* The programme whose poster shows most: open today, taking everybody's answers, and for
   the longest time. NULL: none is open. */
static const struct plan_programme *find_poster(const struct plan *plan, day_t today)
{
    const struct plan_programme *best = NULL;
    day_t longest = 0;
    for (size_t i = 0; i < plan->programme_count; i++) {
        const struct plan_programme *programme = &plan->programmes[i];
        const struct plan_wave *wave = programme_wave_open(programme, today);
        if (wave == NULL || programme->coded_only || programme->centre_count == 0)
            continue;
        day_t days = wave->closes - wave->opens;
        if (days > longest && programme->answers == ANSWERS_ALL) {
            best = programme;
            longest = days;
        }
    }
    return best;
}

static void say_address(
    const struct invocation *call, const char *label, struct text address)
{
    struct text words = text_of(tr(call->language, label));
    (void)printf("  %.*s", TEXT_ARG(words));
    for (size_t at = text_columns(words); at < LABEL_COLUMNS; at++)
        (void)putchar(' ');
    (void)printf("%.*s\n", TEXT_ARG(address));
}

static void say_phone_page(const struct invocation *call, const struct session *session,
    const struct plan *plan, struct text base)
{
    struct code code;
    const struct plan_programme *programme = find_poster(plan, session->today);
    if (programme == NULL)
        return;
    struct text centre = plan->centres[programme->centres[0]].id;
    if (codes_open(session->store, programme->id, centre, &code) == STATUS_OK)
        say_address(call, N_("Phone page"),
            text_format(call->arena, "%.*s/t/%s", TEXT_ARG(base), code.letters));
}

void demo_announce(const struct invocation *call, const struct session *session,
    struct text base, struct text sign_in, bool ends)
{
    const struct plan_version *version = plans_current(session->plans);
    if (version != NULL)
        say_phone_page(call, session, version->plan, base);
    say_address(
        call, N_("Kiosk"), text_format(call->arena, "%.*s/kiosk", TEXT_ARG(base)));
    say_address(call, N_("Managers"), sign_in);
    say(call, tr(call->language, "The answers are made up; the calendar is set to {1}."),
        day_format(call->arena, session->today).ptr, NULL);
    if (ends)
        say(call, tr(call->language, "Ctrl-C ends it and removes its store, {1}."),
            session_store_name(call), NULL);
}
