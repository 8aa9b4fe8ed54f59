/* serve.c: `manyi serve`: puts the store, the intake, the jobs and the server together,
   in that order, and takes them apart in the other. */
#include "web/app.h"
#include "web/command/commands.h"
#include "web/command/demo.h"
#include "web/command/session.h"
#include "web/guard.h"
#include "web/http/listen.h"
#include "web/http/server.h"
#include "web/jobs/jobs.h"
#include "web/pages/pages.h"
#include "web/pages/survey_shelf.h"
#include "web/releases.h"
#include "web/routes.h"
#include "web/selftest.h"
#include "web/tr.h"

#include "db/invitations.h"
#include "db/log.h"
#include "db/thread.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define LISTEN_DEFAULT "127.0.0.1:8080"

struct serving {
    struct session session;
    struct app app;
    struct server *server;
    struct jobs *jobs;
    bool has_first_link;
    bool is_own_store; /* made for this demonstration, and removed after it */
};

/* A closed terminal ends it, unless it was started to outlive that (nohup). */
static bool is_ignored(int signal_number)
{
    struct sigaction set;
    return sigaction(signal_number, NULL, &set) == 0 && set.sa_handler == SIG_IGN;
}

/* Signals are waited for in the main thread; all threads begun later inherit the block.
 */
static void block_signals(sigset_t *waited_for)
{
    (void)sigemptyset(waited_for);
    (void)sigaddset(waited_for, SIGINT);
    (void)sigaddset(waited_for, SIGTERM);
    if (!is_ignored(SIGHUP))
        (void)sigaddset(waited_for, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, waited_for, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static enum status start(
    const struct invocation *call, struct serving *serving, struct problems *problems)
{
    const char *listen = call->values[OPTION_LISTEN];
    serving->app = (struct app){
        .clock = serving->session.clock,
        .is_demo = serving->session.is_demo,
        .store = serving->session.store,
        .plans = serving->session.plans,
    };
    enum status status = intake_open(serving->app.store, &serving->app.intake);
    if (status == STATUS_OK)
        status = passwords_open(&serving->app.passwords);
    if (status == STATUS_OK)
        status = tries_open(&serving->app.tries);
    if (status == STATUS_OK)
        status = guesses_open(&serving->app.guesses);
    if (status == STATUS_OK)
        status = watch_open(&serving->app.watch);
    if (status == STATUS_OK)
        status =
            rotation_open(clock_seconds(&serving->app.clock), &serving->app.rotation);
    if (status == STATUS_OK)
        status = releasing_open(&serving->app.releasing);
    if (status == STATUS_OK)
        status = press_open(&serving->app.press);
    serving->app.shelf = survey_shelf_new();
    if (status == STATUS_OK && serving->app.shelf == NULL)
        status = STATUS_NO_MEMORY;
    if (status != STATUS_OK)
        return status;
    struct server_options options = {
        .listen = listen == NULL ? LISTEN_DEFAULT : listen,
        .routes = routes,
        .route_count = route_count,
        .error_page = page_error,
        .guard = guard_enter,
        .worker_begins = thread_give_way,
        .app = &serving->app,
    };
    status = selftest_open(&serving->app, &serving->app.selftest);
    if (status == STATUS_OK)
        status = server_open(&options, problems, &serving->server);
    if (status != STATUS_OK)
        return status;
    return jobs_open(&serving->app, &serving->jobs);
}

/* The link for the first operator ends with the server that printed it. */
static void end_first_link(struct serving *serving)
{
    if (serving->has_first_link && invitations_end_first(serving->app.store) != STATUS_OK)
        log_line(LOG_LEVEL_WARNING, "first_link.kept", (struct text){0});
}

static void stop(struct serving *serving)
{
    jobs_close(serving->jobs);
    selftest_close(serving->app.selftest);
    server_close(serving->server);
    end_first_link(serving);
    passwords_close(serving->app.passwords);
    tries_close(serving->app.tries);
    guesses_close(serving->app.guesses);
    watch_close(serving->app.watch);
    rotation_close(serving->app.rotation);
    releasing_close(serving->app.releasing);
    press_close(serving->app.press);
    survey_shelf_free(serving->app.shelf);
    intake_close(serving->app.intake);
    session_close(&serving->session);
}

/* http://HOST:PORT of where it listens; a wildcard address is shown as 127.0.0.1. */
static struct text own_address(
    const struct invocation *call, const struct serving *serving)
{
    const char *listen = call->values[OPTION_LISTEN];
    const char *host = listen == NULL ? LISTEN_DEFAULT : listen;
    const char *colon = strrchr(host, ':');
    int len = colon == NULL ? 0 : (int)(colon - host);
    bool is_any = len == 0 || (len == 7 && strncmp(host, "0.0.0.0", 7) == 0);
    return text_format(call->arena, "http://%.*s:%d", is_any ? 9 : len,
        is_any ? "127.0.0.1" : host, server_port(serving->server));
}

/* Where a manager signs in. A store without operators has nobody who could invite one:
   whoever started the server gets a link that makes the first. */
static enum status make_first_link(const struct invocation *call, struct serving *serving,
    struct text address, struct text *out)
{
    char letters[SECRET_LETTERS + 1];
    struct secret secret;
    enum status status = invitations_first(serving->app.store, clock_minute(), &secret);
    *out = text_format(call->arena, "%.*s/signin", TEXT_ARG(address));
    if (status == STATUS_CONFLICT)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    serving->has_first_link = true;
    secret_format(&secret, letters);
    *out = text_format(call->arena, "%.*s/%s", TEXT_ARG(*out), letters);
    return STATUS_OK;
}

/* Addresses are made by adding paths to it. */
static struct text without_slashes(struct text url)
{
    while (url.len > 0 && url.ptr[url.len - 1] == '/')
        url.len--;
    return url;
}

/* Where it is recorded already nothing is written: a full disk must not keep a server
   from starting. */
static enum status record_url(
    const struct invocation *call, struct store *store, struct text url)
{
    struct text recorded;
    if (store_get_setting(store, "public_url", call->arena, &recorded) == STATUS_OK &&
        text_equals(recorded, url))
        return STATUS_OK;
    return store_set_setting(store, "public_url", url);
}

/* Records the address that links are printed with, and tells it. */
static enum status announce(const struct invocation *call, struct serving *serving)
{
    struct text own = own_address(call, serving);
    struct text url = text_of(call->values[OPTION_PUBLIC_URL]);
    if (url.len == 0)
        url = own;
    enum status status = record_url(call, serving->app.store, url);
    if (status != STATUS_OK)
        return status;
    if (serving->app.clock.is_set && !serving->app.is_demo)
        complain(call,
            tr(call->language,
                "Warning: MANYI_TODAY sets the calendar to {1}; every page "
                "says so."),
            day_format(call->arena, serving->app.clock.day).ptr, NULL);
    if (plans_current(serving->app.plans) == NULL)
        complain(call,
            tr(call->language, "No plan is in force in {1} yet. Apply one: manyi plan "
                               "apply --store {1} FILE"),
            session_store_name(call), NULL);
    say(call, tr(call->language, "manyi is ready at {1}"), own.ptr, NULL);
    url = without_slashes(url);
    struct text sign_in;
    status = make_first_link(call, serving, url, &sign_in);
    if (status != STATUS_OK)
        return status;
    if (serving->app.is_demo)
        demo_announce(call, &serving->session, url, sign_in, serving->is_own_store);
    else if (serving->has_first_link)
        say(call, tr(call->language, "Sign in once: {1}"), sign_in.ptr, NULL);
    (void)fflush(stdout);
    return status;
}

/* Opens the store; with --demo, one that is a demonstration or becomes one. */
static enum status open_store(const struct invocation *call, struct session *session)
{
    enum status status = session_open(call, STORE_SERVE, session);
    if (status != STATUS_OK || call->values[OPTION_DEMO] == NULL)
        return status;
    status = demo_prepare(call, session);
    if (status != STATUS_OK)
        session_close(session);
    return status;
}

/* In the background: a server that fails it serves all the same, and says so. */
static void start_selftest(const struct invocation *call, struct serving *serving)
{
    const char *listen = call->values[OPTION_LISTEN];
    struct listen_address address;
    if (!listen_parse(listen == NULL ? LISTEN_DEFAULT : listen, &address))
        return;
    selftest_listen(
        serving->app.selftest, address.ip, (uint16_t)server_port(serving->server));
    selftest_start(serving->app.selftest);
}

static enum exit_code serve(
    const struct invocation *call, const sigset_t *waited_for, bool is_own_store)
{
    struct serving serving = {.is_own_store = is_own_store};
    struct problems problems;
    problems_init(&problems, call->arena);
    if (open_store(call, &serving.session) != STATUS_OK)
        return EXIT_FAILED;
    enum status status = start(call, &serving, &problems);
    if (status == STATUS_OK)
        status = announce(call, &serving);
    if (status == STATUS_OK) {
        int signal_number;
        start_selftest(call, &serving);
        (void)sigwait(waited_for, &signal_number);
    } else if (problems.count > 0) {
        print_problems(call, false, NULL, &problems);
    } else {
        complain(call, tr(call->language, "The server can't start: {1}."),
            status_words(status), NULL);
    }
    stop(&serving);
    return status == STATUS_OK ? EXIT_DONE : EXIT_FAILED;
}

enum exit_code command_serve(const struct invocation *call)
{
    sigset_t waited_for;
    char folder[DEMO_FOLDER_BYTES];
    struct invocation with_store = *call;
    block_signals(&waited_for);
    if (call->values[OPTION_STORE] != NULL)
        return serve(call, &waited_for, false);
    if (call->values[OPTION_DEMO] == NULL)
        return usage_error(call,
            tr(call->language, "Name the store with --store DIR, or try --demo."), NULL);
    if (!demo_folder_make(call, folder))
        return EXIT_FAILED;
    with_store.values[OPTION_STORE] = folder;
    enum exit_code code = serve(&with_store, &waited_for, true);
    demo_folder_remove(folder);
    return code;
}
