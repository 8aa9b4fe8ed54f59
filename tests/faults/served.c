/* served.c: the server's process, the crowd and the ledger. */
#include "tests/faults/served.h"

#include "tests/support/test.h"

#include "db/codes.h"
#include "db/sql.h"
#include "db/verify.h"
#include "tests/support/id_list.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LEDGER_MAX = 1500000, ANSWER_MS = 20000, START_MS = 20000 };

bool is_long(void)
{
    return getenv("MANYI_FAULTS_LONG") != NULL;
}

int in_form(int in_short, int in_long)
{
    return is_long() ? in_long : in_short;
}

void sleep_ms(int ms)
{
    (void)nanosleep(
        &(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

/* ---- set-up ---- */

static bool make_page(struct served *served)
{
    (void)snprintf(served->page_path, sizeof served->page_path, "%s/faults.page",
        served->temp->folder);
    int file = open(served->page_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 || ftruncate(file, sizeof(struct faults)) != 0)
        return false;
    void *page =
        mmap(NULL, sizeof(struct faults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    (void)close(file);
    served->faults = page;
    return page != MAP_FAILED;
}

static bool make_codes(struct served *served)
{
    struct store *store = served->temp->store;
    const struct codes_order order = {.programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .centre = TEXT("north"),
        .channel = CHANNEL_SLIP,
        .count = SLIPS,
        .today = TEMP_STORE_TODAY};
    int64_t batch;
    served->slips = calloc(SLIPS, sizeof *served->slips);
    return codes_make(store, &order, served->slips, &batch) == STATUS_OK &&
           codes_open(store, TEXT("visits"), TEXT("north"), &served->poster) == STATUS_OK;
}

static void close_store(struct temp_store *temp)
{
    store_close(temp->store);
    temp->store = NULL;
}

int served_set_up(void **state)
{
    void *temp = NULL;
    struct served *served = calloc(1, sizeof *served);
    *state = served;
    if (served == NULL || temp_store_set_up(&temp) != 0)
        return 1;
    served->temp = temp;
    served->today = "2026-02-09";
    served->ledger_max = LEDGER_MAX;
    served->ledger = calloc(LEDGER_MAX, sizeof *served->ledger);
    if (!make_page(served) || !make_codes(served))
        return 1;
    close_store(served->temp);
    return 0;
}

int served_tear_down(void **state)
{
    struct served *served = *state;
    void *temp = served->temp;
    if (served->process != 0)
        (void)served_end(served, SIGKILL);
    (void)munmap(served->faults, sizeof(struct faults));
    free(served->slips);
    free(served->ledger);
    free(served);
    return temp_store_tear_down(&temp);
}

/* ---- the process ---- */

static void run_server(const struct served *served, int out)
{
    (void)dup2(out, STDOUT_FILENO);
    (void)setenv(FAULTS_VARIABLE, served->page_path, 1);
    (void)unsetenv("MANYI_TODAY");
    if (served->today != NULL)
        (void)setenv("MANYI_TODAY", served->today, 1);
    (void)execl(MANYI_FAULTY, MANYI_FAULTY, "serve", "--store", served->temp->folder,
        "--listen", "127.0.0.1:0", "--lang", "en", (char *)NULL);
    _exit(127);
}

/* The port in what the server says when it is ready, or 0. */
static int read_port(int from)
{
    char said[2000];
    size_t len = 0;
    struct pollfd ready = {.fd = from, .events = POLLIN};
    while (len + 1 < sizeof said && poll(&ready, 1, START_MS) > 0) {
        ssize_t more = read(from, said + len, sizeof said - 1 - len);
        if (more <= 0)
            return 0;
        len += (size_t)more;
        said[len] = '\0';
        const char *address = strstr(said, "http://127.0.0.1:");
        if (address != NULL && strchr(address, '\n') != NULL)
            return (int)strtol(address + strlen("http://127.0.0.1:"), NULL, 10);
    }
    return 0;
}

void served_start(struct served *served)
{
    int ends[2];
    assert_int_equal(served->process, 0);
    assert_int_equal(pipe(ends), 0);
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    served->process = fork();
    assert_true(served->process >= 0);
    if (served->process == 0)
        run_server(served, ends[1]);
    (void)close(ends[1]);
    served->port = read_port(ends[0]);
    (void)close(ends[0]);
    assert_true(served->port > 0);
}

int served_end(struct served *served, int signal_number)
{
    int status = 0;
    (void)kill(served->process, signal_number);
    while (waitpid(served->process, &status, 0) < 0 && errno == EINTR)
        continue;
    served->process = 0;
    return status;
}

/* ---- asking: without assertions, since it runs in threads ---- */

static int connect_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection >= 0 &&
        connect(connection, (const struct sockaddr *)&address, sizeof address) != 0) {
        (void)close(connection);
        return -1;
    }
    return connection;
}

/* Every third form has a comment. */
static size_t format_form(const struct entry *entry, char *out, size_t size)
{
    char id[SUBMISSION_ID_LETTERS + 1];
    char body[200];
    submission_id_format(&entry->id, id);
    int body_len = snprintf(body, sizeof body, "submission=%s&overall=4&timely=3%s", id,
        entry->id.bytes[15] % 3 == 0 ? "&comment=%E8%B0%A2%E8%B0%A2" : "");
    int len = snprintf(out, size,
        "POST /t/%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n%s",
        entry->code->letters, body_len, body);
    return (size_t)len;
}

static bool read_some(int connection, char *bytes, size_t max, size_t *len)
{
    struct pollfd ready = {.fd = connection, .events = POLLIN};
    if (*len >= max || poll(&ready, 1, ANSWER_MS) <= 0)
        return false;
    ssize_t more = recv(connection, bytes + *len, max - *len, 0);
    if (more <= 0)
        return false;
    *len += (size_t)more;
    bytes[*len] = '\0';
    return true;
}

/* The status of one whole answer; 0 if it does not come. *closes: the server will. */
static int read_answer(int connection, bool *closes)
{
    enum { HEAD_MAX = 65536 };
    static _Thread_local char bytes[HEAD_MAX + 1];
    size_t len = 0;
    char *body = NULL;
    bytes[0] = '\0';
    while ((body = strstr(bytes, "\r\n\r\n")) == NULL)
        if (!read_some(connection, bytes, HEAD_MAX, &len))
            return 0;
    body += 4;
    const char *length = strstr(bytes, "Content-Length: ");
    size_t body_len =
        length == NULL ? 0 : strtoul(length + strlen("Content-Length: "), NULL, 10);
    while (len < (size_t)(body - bytes) + body_len)
        if (!read_some(connection, bytes, HEAD_MAX, &len))
            return 0;
    *closes = strstr(bytes, "Connection: close") != NULL;
    return (int)strtol(bytes + strlen("HTTP/1.1 "), NULL, 10);
}

static enum said said_by(int status)
{
    switch (status) {
    case 0:
        return SAID_NOTHING;
    case 303:
        return SAID_THANKS;
    case 503:
        return SAID_TRY_AGAIN;
    default:
        return SAID_ANOTHER;
    }
}

void served_ask(struct served *served, int *connection, struct entry *entry)
{
    char form[1000];
    size_t len = format_form(entry, form, sizeof form);
    bool closes = true;
    int status = 0;
    if (*connection < 0)
        *connection = connect_to(served->port);
    if (*connection >= 0 && http_send(*connection, form, len))
        status = read_answer(*connection, &closes);
    if (closes && *connection >= 0) {
        (void)close(*connection);
        *connection = -1;
    }
    entry->said = said_by(status);
    if (entry->said == SAID_THANKS)
        atomic_fetch_add(&served->thanked, 1);
}

struct entry *served_next(struct served *served, bool has_slip)
{
    size_t index = atomic_fetch_add(&served->asked, 1);
    if (index >= served->ledger_max) {
        atomic_store(&served->asked, served->ledger_max);
        return NULL;
    }
    struct entry *entry = &served->ledger[index];
    struct submission submission;
    size_t slip = has_slip ? atomic_fetch_add(&served->slip_count, 1) : SLIPS;
    temp_store_submission(served->temp, "430", &submission);
    entry->id = submission.id;
    entry->has_slip = slip < SLIPS;
    entry->code = entry->has_slip ? &served->slips[slip] : &served->poster;
    return entry;
}

static void *ask_on(void *context)
{
    struct served *served = context;
    int connection = -1;
    for (size_t i = 0; !atomic_load(&served->is_over); i++) {
        struct entry *entry = served_next(served, i % 2 == 0);
        if (entry == NULL)
            break;
        served_ask(served, &connection, entry);
        if (entry->said == SAID_NOTHING)
            break;
        if (entry->said != SAID_THANKS)
            sleep_ms(20);
    }
    if (connection >= 0)
        (void)close(connection);
    return NULL;
}

void crowd_start(struct served *served, size_t size)
{
    atomic_store(&served->is_over, false);
    served->crowd_size = size;
    for (size_t i = 0; i < size; i++)
        assert_int_equal(pthread_create(&served->crowd[i], NULL, ask_on, served), 0);
}

void crowd_stop(struct served *served)
{
    atomic_store(&served->is_over, true);
    for (size_t i = 0; i < served->crowd_size; i++)
        assert_int_equal(pthread_join(served->crowd[i], NULL), 0);
    served->crowd_size = 0;
}

void crowd_wait(struct served *served, size_t more)
{
    size_t enough = atomic_load(&served->thanked) + more;
    for (int ms = 0; ms < 60000 && atomic_load(&served->thanked) < enough; ms++)
        sleep_ms(1);
    assert_true(atomic_load(&served->thanked) >= enough);
}

void served_send_again(struct served *served)
{
    int connection = -1;
    for (size_t i = 0; i < atomic_load(&served->asked); i++) {
        struct entry *entry = &served->ledger[i];
        if (entry->said == SAID_THANKS)
            continue;
        served_ask(served, &connection, entry);
        assert_int_equal(entry->said, SAID_THANKS);
    }
    if (connection >= 0)
        (void)close(connection);
}

/* ---- looking into the store ---- */

static int64_t ask_store(struct sql *sql, const char *query)
{
    int64_t number = -1;
    assert_int_equal(sql_ask_number(sql, query, &number), STATUS_OK);
    return number;
}

static void open_store(struct served *served)
{
    struct temp_store *temp = served->temp;
    assert_int_equal(
        store_open(temp->folder, STORE_READ, &temp->problems, &temp->store), STATUS_OK);
}

static size_t count_lost(struct served *served, struct sql *sql)
{
    size_t lost = 0;
    struct id_list *stored = id_list_new(sql);
    for (size_t i = 0; i < atomic_load(&served->asked); i++) {
        const struct entry *entry = &served->ledger[i];
        if (entry->said == SAID_THANKS && !id_list_has(stored, &entry->id))
            lost++;
    }
    id_list_free(stored);
    return lost;
}

size_t served_lost(struct served *served)
{
    open_store(served);
    struct sql *sql = store_take_reader(served->temp->store);
    size_t lost = count_lost(served, sql);
    store_give_reader(served->temp->store, sql);
    close_store(served->temp);
    return lost;
}

/* `manyi verify` itself: its exit status. */
static int run_verify(const struct served *served)
{
    int status = -1;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)execl(MANYI_FAULTY, MANYI_FAULTY, "verify", "--store", served->temp->folder,
            (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void served_check(struct served *served, bool all)
{
    struct temp_store *temp = served->temp;
    struct verify_result result = {0};
    open_store(served);
    struct sql *sql = store_take_reader(temp->store);
    assert_int_equal(count_lost(served, sql), 0);
    int64_t rows = ask_store(sql, "SELECT count(*) FROM " EVERY_SUBMISSION);
    assert_int_equal(ask_store(sql, "SELECT count(*) FROM code WHERE state = 1"),
        ask_store(sql, "SELECT count(*) FROM " EVERY_SUBMISSION " WHERE channel = 2"));
    store_give_reader(temp->store, sql);
    assert_int_equal(
        verify_store(temp->store, temp->plans, &temp->problems, &result, NULL, NULL),
        STATUS_OK);
    assert_int_equal(result.submissions, rows);
    assert_true(rows >= (int64_t)atomic_load(&served->thanked));
    close_store(temp);
    if (!all)
        return;
    assert_int_equal(rows, atomic_load(&served->thanked));
    assert_int_equal(run_verify(served), 0);
}
