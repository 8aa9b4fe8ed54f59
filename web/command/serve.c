/* serve.c: `manyi serve`: puts the store, the intake, the jobs and the server together,
   in that order, and takes them apart in the other. */
#include "web/app.h"
#include "web/command/commands.h"
#include "web/command/session.h"
#include "web/guard.h"
#include "web/http/server.h"
#include "web/jobs/jobs.h"
#include "web/pages/pages.h"
#include "web/pages/survey_shelf.h"
#include "web/routes.h"
#include "web/tr.h"

#include "db/invitations.h"
#include "db/log.h"

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
};

/* Signals are waited for in the main thread; all threads begun later inherit the block.
 */
static void block_signals(sigset_t *waited_for)
{
    (void)sigemptyset(waited_for);
    (void)sigaddset(waited_for, SIGINT);
    (void)sigaddset(waited_for, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, waited_for, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static enum status start(
    const struct invocation *call, struct serving *serving, struct problems *problems)
{
    const char *listen = call->values[OPTION_LISTEN];
    serving->app = (struct app){
        .clock = serving->session.clock,
        .store = serving->session.store,
        .plans = serving->session.plans,
    };
    enum status status = intake_open(serving->app.store, &serving->app.intake);
    if (status == STATUS_OK)
        status = passwords_open(&serving->app.passwords);
    if (status == STATUS_OK)
        status = tries_open(&serving->app.tries);
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
        .app = &serving->app,
    };
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
    server_close(serving->server);
    end_first_link(serving);
    passwords_close(serving->app.passwords);
    tries_close(serving->app.tries);
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

/* A store without operators has nobody who could invite one: whoever started the server
   gets a link. */
static enum status print_first_link(
    const struct invocation *call, struct serving *serving, struct text address)
{
    char letters[SECRET_LETTERS + 1];
    struct secret secret;
    enum status status = invitations_first(serving->app.store, clock_minute(), &secret);
    if (status == STATUS_CONFLICT)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    while (address.len > 0 && address.ptr[address.len - 1] == '/')
        address.len--;
    serving->has_first_link = true;
    secret_format(&secret, letters);
    say(call, tr(call->language, "Sign in once: {1}"),
        text_format(call->arena, "%.*s/signin/%s", TEXT_ARG(address), letters).ptr, NULL);
    return STATUS_OK;
}

/* Records the address that links are printed with, and tells it. */
static enum status announce(const struct invocation *call, struct serving *serving)
{
    struct text own = own_address(call, serving);
    struct text url = text_of(call->values[OPTION_PUBLIC_URL]);
    if (url.len == 0)
        url = own;
    enum status status = store_set_setting(serving->app.store, "public_url", url);
    if (status != STATUS_OK)
        return status;
    if (serving->app.clock.is_set)
        complain(call,
            tr(call->language,
                "Warning: MANYI_TODAY sets the calendar to {1}; every page "
                "says so."),
            day_format(call->arena, serving->app.clock.day).ptr, NULL);
    if (plans_current(serving->app.plans) == NULL)
        complain(call,
            tr(call->language, "No plan is in force in {1} yet. Apply one: manyi plan "
                               "apply --store {1} FILE"),
            call->values[OPTION_STORE], NULL);
    say(call, tr(call->language, "manyi is ready at {1}"), own.ptr, NULL);
    status = print_first_link(call, serving, url);
    (void)fflush(stdout);
    return status;
}

enum exit_code command_serve(const struct invocation *call)
{
    struct serving serving = {0};
    struct problems problems;
    sigset_t waited_for;
    problems_init(&problems, call->arena);
    block_signals(&waited_for);
    if (session_open(call, STORE_SERVE, &serving.session) != STATUS_OK)
        return EXIT_FAILED;
    enum status status = start(call, &serving, &problems);
    if (status == STATUS_OK)
        status = announce(call, &serving);
    if (status == STATUS_OK) {
        int signal_number;
        (void)sigwait(&waited_for, &signal_number);
    } else if (problems.count > 0) {
        print_problems(call, false, NULL, &problems);
    } else {
        complain(call, tr(call->language, "The server can't start: {1}."),
            status_words(status), NULL);
    }
    stop(&serving);
    return status == STATUS_OK ? EXIT_DONE : EXIT_FAILED;
}
