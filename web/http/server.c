/* server.c: civetweb's life: options, threads, callbacks, drain. What happens to a
   request is in exchange.c.

   Every request is taken in begin_request: civetweb's own handlers match by prefix,
   ignore case and look for a password file each time. One worker thread owns each
   connection, idle or not, so connections are kept alive only while a quarter of the
   workers is free.

   Not here: TLS, HTTP/2, IPv6 and Unix sockets; a proxy in front brings them (this
   civetweb crashes at its first TLS connection). */
#include "web/http/server.h"

#include "kiosk/language.h"
#include "kiosk/limits.h"
#include "web/http/exchange.h"
#include "web/http/listen.h"
#include "web/http/router.h"
#include "web/http/send.h"
#include "web/http/wire.h"

#include <assert.h>
#include <civetweb.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TAKEN = 1 /* begin_request: any number over 0 means that we have answered */ };

struct server {
    struct server_options options;
    struct mg_context *context;
    struct seat_pool *seats;
    atomic_int connections; /* that a worker owns now */
    atomic_int in_flight;   /* requests being answered now */
    atomic_bool is_closing;
};

static struct server *server_of(const struct mg_connection *connection)
{
    return mg_get_user_data(mg_get_context(connection));
}

static int on_connection_begins(const struct mg_connection *connection, void **data)
{
    *data = NULL;
    wire_connection_begins();
    atomic_fetch_add(&server_of(connection)->connections, 1);
    return 0;
}

/* Before civetweb closes the socket: it still belongs to this worker. */
static void on_connection_ends(const struct mg_connection *connection)
{
    wire_connection_ends();
    atomic_fetch_sub(&server_of(connection)->connections, 1);
}

static void *on_thread_begins(const struct mg_context *context, int type)
{
    enum { WORKER = 1 }; /* civetweb's number */
    const struct server *server = mg_get_user_data(context);
    if (type == WORKER && server->options.worker_begins != NULL)
        server->options.worker_begins();
    return NULL;
}

static struct exchange_terms terms_of(struct server *server)
{
    bool is_closing = atomic_load(&server->is_closing);
    return (struct exchange_terms){
        .options = &server->options,
        .is_closing = is_closing,
        .may_keep_alive = !is_closing &&
                          atomic_load(&server->connections) <= KEEP_ALIVE_CONNECTIONS_MAX,
        .in_flight = &server->in_flight,
    };
}

static int on_request(struct mg_connection *connection)
{
    struct server *server = server_of(connection);
    /* Counted before the flag is read, so that the drain misses nobody. */
    atomic_fetch_add(&server->in_flight, 1);
    struct exchange_terms terms = terms_of(server);
    struct seat *seat = seat_take(server->seats);
    bool is_in_flight = true;
    if (seat == NULL) {
        mg_disable_connection_keep_alive(connection);
        response_send_busy(connection);
    } else {
        is_in_flight = exchange_run(connection, seat, &terms);
        seat_give_back(server->seats, seat);
    }
    if (is_in_flight)
        atomic_fetch_sub(&server->in_flight, 1);
    return TAKEN;
}

/* civetweb refuses some requests before it asks us; 0 says that we have answered. */
static int on_civetweb_error(
    struct mg_connection *connection, int status, const char *message)
{
    (void)message; /* may quote what the client sent */
    struct server *server = server_of(connection);
    atomic_fetch_add(&server->in_flight, 1);
    struct exchange_terms terms = terms_of(server);
    struct seat *seat = seat_take(server->seats);
    if (seat == NULL) {
        response_send_busy(connection);
    } else {
        exchange_refuse(connection, seat, &terms, status);
        seat_give_back(server->seats, seat);
    }
    atomic_fetch_sub(&server->in_flight, 1);
    return 0;
}

/* civetweb's messages go nowhere: some quote addresses, and addresses hold codes. */
static int on_message(const struct mg_connection *connection, const char *message)
{
    (void)connection;
    (void)message;
    return 1;
}

static struct mg_context *start(struct server *server, const char *listen)
{
    static const struct mg_callbacks callbacks = {
        .begin_request = on_request,
        .http_error = on_civetweb_error,
        .log_message = on_message,
        .init_thread = on_thread_begins,
        .init_connection = on_connection_begins,
        .connection_close = on_connection_ends,
    };
    char threads[16], queue[16], backlog[16], keep_ms[16], head_ms[16], head_bytes[16];
    (void)snprintf(threads, sizeof threads, "%d", WORKER_THREADS);
    (void)snprintf(queue, sizeof queue, "%d", CONNECTION_QUEUE_MAX);
    (void)snprintf(backlog, sizeof backlog, "%d", ACCEPT_BACKLOG);
    (void)snprintf(keep_ms, sizeof keep_ms, "%d", KEEP_ALIVE_MS);
    (void)snprintf(head_ms, sizeof head_ms, "%d", HEAD_DEADLINE_MS);
    (void)snprintf(head_bytes, sizeof head_bytes, "%d", HEAD_BYTES_MAX);
    const char *settings[] = {"listening_ports", listen, "num_threads", threads,
        "connection_queue", queue, "listen_backlog", backlog, "tcp_nodelay", "1",
        "enable_keep_alive", "yes", "keep_alive_timeout_ms", keep_ms,
        "request_timeout_ms", head_ms, "max_request_size", head_bytes, "decode_url", "no",
        "decode_query_string", "no", "enable_directory_listing", "no",
        "enable_auth_domain_check", "no", "access_control_allow_origin", "",
        "access_control_allow_methods", "", "access_control_allow_headers", "",
        "cgi_pattern", "", "ssi_pattern", "", "index_files", "", NULL};
    struct mg_init_data init = {
        .callbacks = &callbacks, .user_data = server, .configuration_options = settings};
    struct mg_error_data no_details = {0};

    /* Threads inherit the mask: signals are for the thread that waits for them. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    struct mg_context *context = mg_start2(&init, &no_details);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return context;
}

static void report(struct problems *problems, const char *message, const char *address)
{
    struct text argument = text_copy(problems->arena, text_of(address));
    problems_add(problems, (struct problem){.message = message, .argument = {argument}});
}

struct obstacle {
    int error;
    const char *message;
};

/* Says why nobody can listen at the address; INTERNAL if that was not the reason. */
static enum status explain(
    const struct listen_address *address, struct problems *problems)
{
    static const struct obstacle obstacles[] = {
        {EADDRINUSE, N_("The address {1} is taken by another program. Stop that one, or "
                        "choose another port with --listen.")},
        {EACCES, N_("This user may not listen at {1}. Choose a port over 1023 with "
                    "--listen.")},
        {EADDRNOTAVAIL, N_("This machine has no address {1}. Choose one that it has with "
                           "--listen; 0.0.0.0 is all of them.")},
    };
    int error = listen_obstacle(address);
    for (size_t i = 0; i < sizeof obstacles / sizeof *obstacles; i++)
        if (obstacles[i].error == error) {
            report(problems, obstacles[i].message, address->text);
            return STATUS_INVALID;
        }
    report(problems,
        N_("The server could not start at {1}: the system gives no more threads, memory "
           "or files. Free some and try again."),
        address->text);
    return STATUS_INTERNAL;
}

static void server_free(struct server *server)
{
    if (server == NULL)
        return;
    seat_pool_free(server->seats);
    free(server);
}

enum status server_open(
    const struct server_options *options, struct problems *problems, struct server **out)
{
    assert(router_is_sound(options->routes, options->route_count));
    struct listen_address address;
    if (!listen_parse(options->listen, &address)) {
        report(problems,
            N_("{1} is no address to listen at. Write it as 127.0.0.1:8080, or as :8080 "
               "for all of this machine's addresses."),
            options->listen);
        return STATUS_INVALID;
    }
    struct server *server = calloc(1, sizeof *server);
    struct seat_pool *seats = seat_pool_new();
    if (server == NULL || seats == NULL) {
        seat_pool_free(seats);
        free(server);
        return explain(&address, problems);
    }
    server->options = *options;
    server->seats = seats;
    mg_init_library(0);
    server->context = start(server, address.text);
    if (server->context == NULL) {
        mg_exit_library();
        server_free(server);
        return explain(&address, problems);
    }
    *out = server;
    return STATUS_OK;
}

int server_port(const struct server *server)
{
    struct mg_server_port port = {0};
    return mg_get_server_ports(server->context, 1, &port) == 1 ? port.port : 0;
}

/* civetweb throws answers in flight away when it stops: they go out first. */
static void drain(struct server *server)
{
    enum { STEP_MS = 10 };
    atomic_store(&server->is_closing, true);
    for (int waited = 0; waited < DRAIN_DEADLINE_MS; waited += STEP_MS) {
        if (atomic_load(&server->in_flight) == 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = STEP_MS * 1000000L}, NULL);
    }
}

void server_close(struct server *server)
{
    if (server == NULL)
        return;
    drain(server);
    mg_stop(server->context);
    mg_exit_library();
    server_free(server);
}
