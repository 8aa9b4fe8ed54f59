/* first_page.c: milliseconds from exec to the first page served.
       first_page URL PROGRAM [ARGUMENT…]
   starts the program, asks for the page until it is there, prints the time, and ends the
   program again by SIGTERM. Gives up after ten seconds. */
#include "tests/bench/load_client.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_US = 10000000, STEP_NS = 200000 };

static int64_t now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static bool get_page(
    struct load_client *client, const struct load_target *target, int64_t until_us)
{
    char request[1024];
    enum load_step step = LOAD_WAITING;
    int len = snprintf(request, sizeof request, "GET %.*s HTTP/1.1\r\nHost: %.*s\r\n\r\n",
        TEXT_ARG(target->path), TEXT_ARG(target->host));
    if (len < 0 || (size_t)len >= sizeof request)
        return false;
    if (!load_client_send(client, request, (size_t)len, now_us()))
        return false;
    while (step == LOAD_WAITING && now_us() < until_us) {
        step = load_client_receive(client);
        (void)nanosleep(&(struct timespec){.tv_nsec = STEP_NS / 10}, NULL);
    }
    return step == LOAD_DONE && client->status == 200;
}

/* Microseconds since the start, or -1. */
static int64_t wait_for_page(const struct load_target *target, int64_t start_us)
{
    struct load_client client = {.socket = -1, .bytes = malloc(LOAD_ANSWER_MAX)};
    int64_t took = -1;
    while (client.bytes != NULL && took < 0 && now_us() < start_us + PATIENCE_US) {
        if (load_client_connect(&client, target) &&
            get_page(&client, target, start_us + PATIENCE_US))
            took = now_us() - start_us;
        load_client_close(&client);
        (void)nanosleep(&(struct timespec){.tv_nsec = STEP_NS}, NULL);
    }
    free(client.bytes);
    return took;
}

int main(int argc, char **argv)
{
    struct load_target target;
    if (argc < 3 || !load_target_parse(text_of(argv[1]), &target)) {
        (void)fprintf(
            stderr, "first_page http://127.0.0.1:PORT/PATH PROGRAM [ARGUMENT…]\n");
        return 2;
    }
    int64_t start_us = now_us();
    pid_t child = fork();
    if (child < 0)
        return 1;
    if (child == 0) {
        (void)execv(argv[2], argv + 2);
        _exit(127);
    }
    int64_t took = wait_for_page(&target, start_us);
    (void)kill(child, SIGTERM);
    (void)waitpid(child, NULL, 0);
    if (took < 0)
        return 1;
    (void)printf("%.1f\n", (double)took / 1e3);
    return 0;
}
