/* load.c: an HTTP load generator for ./run bench: one thread, keep-alive connections,
   each sends its next request when the answer to the last one is whole. load
   post|get|get-gzip URL [CLIENTS [SECONDS [COUNT]]] post asks for the page once and sends
   its form, filled in anew each time; an answer is good if it is a 303. get asks for the
   page as it is, get-gzip as browsers do; an answer is good if it is a 200. Prints one
   line of NAME=FIGURE: what came after half a second of running up. Ends after SECONDS or
   COUNT requests, and talks to 127.0.0.0/8 only. */
#include "tests/bench/load_client.h"
#include "tests/bench/load_form.h"
#include "tests/bench/load_times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

/* What a phone's browser sends with every request. */
#define BROWSER_HEADERS                                                                  \
    "User-Agent: Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like "       \
    "Gecko) Chrome/120.0.0.0 Mobile Safari/537.36\r\n"                                   \
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"        \
    "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n"
#define GZIP_HEADER "Accept-Encoding: gzip, deflate\r\n"

enum {
    CLIENTS_MAX = 512,
    SECONDS_MAX = 120,
    COUNT_MAX = 20000000,
    RUN_UP_US = 500000,
    PATIENCE_US = 10000000, /* for answers that are still to come at the end */
    EVENTS_AT_ONCE = 64
};

struct mode {
    const char *name;
    int good_status;
    bool posts;
    const char *encoding; /* header */
};

static const struct mode modes[] = {
    {"post", 303, true, GZIP_HEADER},
    {"get", 200, false, ""},
    {"get-gzip", 200, false, GZIP_HEADER},
};

/* A request's, the same for all bodies of one length. */
struct head {
    size_t body_len;
    size_t len;
    char bytes[LOAD_REQUEST_MAX / 2];
};
enum { HEADS_KEPT = 4 }; /* forms are of few lengths: with a comment and without */

struct load {
    const struct mode *mode;
    struct load_target target;
    struct load_form form;
    struct arena *arena;
    struct random random;
    struct load_times times;
    struct load_client clients[CLIENTS_MAX];
    size_t client_count;
    uint64_t count_max;
    int64_t start_us;
    int64_t end_us;
    int events;
    size_t under_way;
    uint64_t sent;
    uint64_t good;
    uint64_t bad; /* another status, or none */
    int odd_status;
    struct head heads[HEADS_KEPT];
    size_t head_count; /* all that were made; the last ones are kept */
    char request[LOAD_REQUEST_MAX];
};

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- requests ---- */

static int print_get(const struct load *load, char *out, size_t room)
{
    return snprintf(out, room,
        "GET %.*s HTTP/1.1\r\nHost: %.*s\r\n" BROWSER_HEADERS "%s\r\n",
        TEXT_ARG(load->target.path), TEXT_ARG(load->target.host), load->mode->encoding);
}

static int print_post(const struct load *load, size_t body_len, char *out, size_t room)
{
    return snprintf(out, room,
        "POST %.*s HTTP/1.1\r\nHost: %.*s\r\n" BROWSER_HEADERS "%s"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %zu\r\n\r\n",
        TEXT_ARG(load->form.action), TEXT_ARG(load->target.host), load->mode->encoding,
        body_len);
}

/* NULL: it doesn't fit. */
static const struct head *find_head(struct load *load, size_t body_len)
{
    for (size_t i = 0; i < HEADS_KEPT && i < load->head_count; i++)
        if (load->heads[i].body_len == body_len)
            return &load->heads[i];
    struct head *head = &load->heads[load->head_count++ % HEADS_KEPT];
    int len = load->mode->posts
                  ? print_post(load, body_len, head->bytes, sizeof head->bytes)
                  : print_get(load, head->bytes, sizeof head->bytes);
    if (len < 0 || (size_t)len >= sizeof head->bytes)
        return NULL;
    head->body_len = body_len;
    head->len = (size_t)len;
    return head;
}

static size_t write_request(struct load *load)
{
    char body[LOAD_REQUEST_MAX / 2];
    size_t body_len = 0;
    if (load->mode->posts)
        body_len =
            load_form_fill(&load->form, &load->random, load->sent, body, sizeof body);
    const struct head *head = find_head(load, body_len);
    if (head == NULL || (load->mode->posts && body_len == 0))
        return 0;
    memcpy(load->request, head->bytes, head->len);
    memcpy(load->request + head->len, body, body_len);
    return head->len + body_len;
}

/* ---- running ---- */

static bool connect_client(struct load *load, struct load_client *client)
{
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = client}};
    if (!load_client_connect(client, &load->target))
        return false;
    if (epoll_ctl(load->events, EPOLL_CTL_ADD, client->socket, &event) == 0)
        return true;
    load_client_close(client);
    return false;
}

/* The next request, as long as there is time. */
static void send_next(struct load *load, struct load_client *client)
{
    int64_t now = now_us();
    if (now >= load->end_us || load->sent >= load->count_max)
        return;
    if (client->socket < 0 && !connect_client(load, client)) {
        load->bad++;
        return;
    }
    size_t len = write_request(load);
    if (len == 0 || !load_client_send(client, load->request, len, now)) {
        load->bad++;
        load_client_close(client);
        return;
    }
    load->sent++;
    load->under_way++;
}

static void count_answer(struct load *load, const struct load_client *client)
{
    int64_t now = now_us();
    if (now < load->start_us + RUN_UP_US || now > load->end_us)
        return;
    if (client->status == load->mode->good_status) {
        load->good++;
    } else {
        load->bad++;
        load->odd_status = client->status;
    }
    load_times_add(&load->times, now - client->sent_at_us);
}

static void take_answer(struct load *load, struct load_client *client)
{
    enum load_step step = load_client_receive(client);
    if (step == LOAD_WAITING)
        return;
    load->under_way--;
    if (step == LOAD_BROKEN) {
        load->bad++;
        client->is_closing = true;
    } else {
        count_answer(load, client);
    }
    if (client->is_closing)
        load_client_close(client);
    send_next(load, client);
}

static void run(struct load *load, int seconds)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    load->start_us = now_us();
    load->end_us = load->start_us + RUN_UP_US + (int64_t)seconds * 1000000;
    for (size_t i = 0; i < load->client_count; i++)
        send_next(load, &load->clients[i]);
    while (load->under_way > 0 && now_us() < load->end_us + PATIENCE_US) {
        int count = epoll_wait(load->events, events, EVENTS_AT_ONCE, 1000);
        for (int i = 0; i < count; i++)
            take_answer(load, events[i].data.ptr);
    }
    load->bad += load->under_way; /* never answered */
}

static void print_results(const struct load *load, int seconds)
{
    int64_t over = now_us() - load->start_us - RUN_UP_US;
    double measured = over < (int64_t)seconds * 1000000 ? (double)over / 1e6 : seconds;
    (void)printf("sent=%llu good=%llu bad=%llu odd_status=%d per_second=%.0f p50_ms=%.3f "
                 "p99_ms=%.3f max_ms=%.3f bytes=%zu\n",
        (unsigned long long)load->sent, (unsigned long long)load->good,
        (unsigned long long)load->bad, load->odd_status, (double)load->good / measured,
        load_times_share(&load->times, 500), load_times_share(&load->times, 990),
        (double)load->times.longest_us / 1e3, load->clients[0].expected);
}

/* ---- setting up ---- */

/* Asks once for the page and reads its form. */
static bool read_form(struct load *load)
{
    struct load_client *client = &load->clients[0];
    struct mode plain = {"get", 200, false, ""};
    const struct mode *mode = load->mode;
    load->mode = &plain;
    size_t len = write_request(load);
    load->mode = mode;
    load->head_count = 0;
    bool is_sent = load_client_connect(client, &load->target) &&
                   load_client_send(client, load->request, len, now_us());
    enum load_step step = is_sent ? LOAD_WAITING : LOAD_BROKEN;
    for (int64_t end = now_us() + PATIENCE_US; step == LOAD_WAITING && now_us() < end;) {
        step = load_client_receive(client);
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    load_client_close(client);
    struct text page =
        text_copy(load->arena, (struct text){client->bytes, client->received});
    return step == LOAD_DONE && client->status == 200 &&
           load_form_read(load->arena, page, &load->form);
}

/* No two runs may send the same ids. */
static uint64_t seed(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static bool set_up(struct load *load)
{
    load->arena = arena_new(LOAD_ANSWER_MAX * 2);
    load->events = epoll_create1(EPOLL_CLOEXEC);
    load->random.state = seed();
    if (load->arena == NULL || load->events < 0)
        return false;
    for (size_t i = 0; i < load->client_count; i++) {
        load->clients[i].socket = -1;
        load->clients[i].bytes = malloc(LOAD_ANSWER_MAX);
        if (load->clients[i].bytes == NULL)
            return false;
    }
    return !load->mode->posts || read_form(load);
}

static void tear_down(struct load *load)
{
    for (size_t i = 0; i < load->client_count; i++) {
        load_client_close(&load->clients[i]);
        free(load->clients[i].bytes);
    }
    if (load->events >= 0)
        (void)close(load->events);
    arena_free(load->arena);
    free(load);
}

static bool argument(
    int count, char **values, int index, int64_t standard, int64_t max, int64_t *out)
{
    *out = standard;
    if (index >= count)
        return true;
    return text_to_number(text_of(values[index]), out) && *out >= 1 && *out <= max;
}

static const struct mode *find_mode(const char *name)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(name, modes[i].name) == 0)
            return &modes[i];
    return NULL;
}

int main(int argc, char **argv)
{
    int64_t clients, seconds, count;
    struct load_target target;
    const struct mode *mode = argc < 3 ? NULL : find_mode(argv[1]);
    if (mode == NULL || argc > 6 || !load_target_parse(text_of(argv[2]), &target) ||
        !argument(argc, argv, 3, 64, CLIENTS_MAX, &clients) ||
        !argument(argc, argv, 4, 5, SECONDS_MAX, &seconds) ||
        !argument(argc, argv, 5, COUNT_MAX, COUNT_MAX, &count)) {
        (void)fprintf(stderr, "load post|get|get-gzip http://127.0.0.1:PORT/PATH "
                              "[CLIENTS [SECONDS [COUNT]]]\n");
        return 2;
    }
    struct load *load = calloc(1, sizeof *load);
    if (load == NULL)
        return 1;
    load->mode = mode;
    load->target = target;
    load->client_count = (size_t)clients;
    load->count_max = (uint64_t)count;
    bool is_ready = set_up(load);
    if (is_ready) {
        run(load, (int)seconds);
        print_results(load, (int)seconds);
    } else {
        (void)fprintf(stderr, "load: %s shows no form to fill in\n", argv[2]);
    }
    tear_down(load);
    return is_ready ? 0 : 1;
}
