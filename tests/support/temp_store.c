/* temp_store.c: a store for one test. */
#include "tests/support/temp_store.h"

#include "db/arrivals.h"
#include "db/sql.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 32 << 20 };

const struct actor temp_store_actor = {.today = TEMP_STORE_TODAY};

const char temp_store_plan[] =
    "manyi: 1\n"
    "year: 2026\n"
    "hours: 00:00-24:00\n" /* no test depends on the time of the day */
    "organisation: {zh: 测试工会, en: Test union}\n"
    "centres:\n"
    "  - {id: north, name: {zh: 北站, en: North}}\n"
    "  - {id: south, name: {zh: 南站, en: South}}\n"
    "questionnaires:\n"
    "  - id: relief\n"
    "    items:\n"
    "      - {id: overall, kind: rating, counts: true, unknown: true,\n"
    "         text: {zh: 您总体满意吗？, en: Were you satisfied?}}\n"
    "      - {id: timely, kind: rating, text: {zh: 及时吗？, en: Was it in time?}}\n"
    "      - {id: reasons, kind: choice, many: true, when: overall <= 2,\n"
    "         text: {zh: 为什么？, en: Why?},\n"
    "         options: [{id: late, text: {zh: 太晚, en: Late}},\n"
    "                   {id: rude, text: {zh: 态度, en: Rude}}]}\n"
    "      - {id: comment, kind: text, max: 200, text: {zh: 想说的话, en: Remarks}}\n"
    "indicators:\n"
    "  - {id: relief, name: {zh: 帮扶满意度, en: Relief}, target: 85.00%,\n"
    "     measure: top3, confidence: 95%, points: 10, programmes: [visits, courses]}\n"
    "programmes:\n"
    "  - id: visits\n"
    "    name: {zh: 走访, en: Visits}\n"
    "    questionnaire: relief\n"
    "    group: relief\n"
    "    grain: month\n"
    "    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31, population: 157}\n"
    "      - {id: q2, opens: 2026-04-01, closes: 2026-06-30}\n"
    "  - id: courses\n"
    "    name: {zh: 培训, en: Courses}\n"
    "    questionnaire: relief\n"
    "    group: relief\n"
    "    grain: wave\n"
    "    coded_only: true\n"
    "    centres: [north]\n"
    "    waves:\n"
    "      - {id: q1, opens: 2026-01-01, closes: 2026-03-31}\n";

bool temp_folder_make(char folder[40])
{
    const char *root =
        getenv("MANYI_TEST_ROOT"); /* a short path; for a benchmark's disk */
    int len = snprintf(folder, 40, "%s/manyi-test-XXXXXX", root == NULL ? "/tmp" : root);
    return len > 0 && len < 40 && mkdtemp(folder) != NULL;
}

void temp_folder_remove(const char *folder)
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        char path[400];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (unlink(path) != 0 && errno == EISDIR)
            temp_folder_remove(path);
    }
    if (entries != NULL)
        (void)closedir(entries);
    (void)rmdir(folder);
}

/* ---- a database on a server ---- */

static const char *server(void)
{
    return getenv("MANYI_TEST_SERVER");
}

bool temp_store_is_cluster(void)
{
    return server() != NULL;
}

static bool tell_server(const char *order)
{
    char address[120];
    struct sql *sql = NULL;
    (void)snprintf(
        address, sizeof address, "postgres://postgres@/postgres?host=%s", server());
    bool is_done = sql_open(address, SQL_WRITER, &sql) == STATUS_OK &&
                   sql_script(sql, order) == STATUS_OK;
    sql_close(sql);
    return is_done;
}

static bool make_database(const char *folder, char location[120])
{
    static int made;
    char name[40];
    char key[60];
    char order[120];
    (void)snprintf(name, sizeof name, "test_%ld_%d", (long)getpid(), ++made);
    (void)snprintf(order, sizeof order, "CREATE DATABASE %s TEMPLATE dialect", name);
    (void)snprintf(key, sizeof key, "%s/key", folder);
    int len = snprintf(location, 120, "postgres://postgres@/%s?host=%s", name, server());
    return setenv("MANYI_KEY", key, 1) == 0 && len > 0 && len < 120 && tell_server(order);
}

static void drop_database(const char *location)
{
    char order[120];
    const char *name = strstr(location, "@/") + 2;
    (void)snprintf(order, sizeof order, "DROP DATABASE %.*s WITH (FORCE)",
        (int)strcspn(name, "?"), name);
    if (!tell_server(order))
        (void)fprintf(stderr, "a database of a test is left behind: %s\n", location);
}

/* ---- the store ---- */

bool temp_place_make(char folder[40], char location[120])
{
    if (!temp_folder_make(folder))
        return false;
    if (temp_store_is_cluster())
        return make_database(folder, location);
    (void)snprintf(location, 120, "%s", folder);
    return true;
}

void temp_place_remove(const char *folder, const char *location)
{
    if (temp_store_is_cluster())
        drop_database(location);
    temp_folder_remove(folder);
}

static bool apply_plan(struct temp_store *temp, const char *plan)
{
    int64_t version;
    bool is_new;
    return plans_apply(temp->store, temp->arena, text_of(plan), TEMP_STORE_TODAY,
               &temp->problems, &version, &is_new) == STATUS_OK;
}

static bool open_plans(struct temp_store *temp)
{
    if (plans_open(temp->store, &temp->plans) != STATUS_OK)
        return false;
    temp->version = plans_current(temp->plans);
    if (temp->version == NULL)
        return false;
    temp->questionnaire = &temp->version->plan->questionnaires[0];
    return true;
}

int temp_store_set_up(void **state)
{
    return temp_store_set_up_with(state, temp_store_plan);
}

int temp_store_set_up_with(void **state, const char *plan)
{
    struct temp_store *temp = calloc(1, sizeof *temp);
    *state = temp;
    if (temp == NULL || !temp_place_make(temp->folder, temp->location))
        return 1;
    temp->arena = arena_new(ARENA_BYTES);
    problems_init(&temp->problems, temp->arena);
    bool is_made = store_open(temp->location, STORE_MAKE, &temp->problems,
                       &temp->store) == STATUS_OK &&
                   apply_plan(temp, plan) && open_plans(temp);
    for (size_t i = 0; !is_made && i < temp->problems.count; i++)
        (void)fprintf(stderr, "%s\n", temp->problems.list[i].message);
    return is_made ? 0 : 1;
}

static void close_store(struct temp_store *temp)
{
    plans_close(temp->plans);
    store_close(temp->store);
    temp->plans = NULL;
    temp->store = NULL;
}

int temp_store_tear_down(void **state)
{
    struct temp_store *temp = *state;
    close_store(temp);
    temp_place_remove(temp->folder, temp->location);
    arena_free(temp->arena);
    free(temp);
    return 0;
}

enum status temp_store_tamper(struct temp_store *temp, const char *script)
{
    const char *const past = temp_store_is_cluster()
                                 ? "SET session_replication_role = replica"
                                 : "PRAGMA foreign_keys = 0";
    const char *const back = temp_store_is_cluster()
                                 ? "SET session_replication_role = origin"
                                 : "PRAGMA foreign_keys = 1";
    struct sql *sql = store_take_writer(temp->store);
    if (sql == NULL)
        return STATUS_BUSY;
    enum status rc = sql_script(sql, past);
    if (rc == STATUS_OK)
        rc = sql_script(sql, script);
    if (rc == STATUS_OK)
        rc = sql_script(sql, back);
    store_give_writer(temp->store, sql);
    return rc;
}

void temp_store_settle(struct temp_store *temp)
{
    struct sql *sql = NULL;
    int64_t settled = 0;
    enum status rc = store_begin(temp->store, &sql);
    if (rc == STATUS_OK)
        rc = store_end(temp->store, sql, arrivals_settle(sql, INT64_MAX, &settled));
    if (rc != STATUS_OK)
        abort(); /* the test says nothing then */
}

bool temp_store_reopen(struct temp_store *temp)
{
    close_store(temp);
    return store_open(temp->location, STORE_CHANGE, &temp->problems, &temp->store) ==
               STATUS_OK &&
           open_plans(temp);
}

void temp_store_submission(
    const struct temp_store *temp, const char *answers, struct submission *out)
{
    unsigned char random[SUBMISSION_RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    day_t period = day_of((struct date){2026, 2, 1});
    *out = (struct submission){
        .id = submission_id_make(period, random),
        .programme = TEXT("visits"),
        .wave = TEXT("q1"),
        .centre = TEXT("north"),
        .channel = CHANNEL_POSTER,
        .mode = MODE_SELF,
        .plan_version = temp->version->version,
        .period = period,
        .answers = text_of(answers),
        .overall = answers_level(
            temp->questionnaire, text_of(answers), temp->questionnaire->overall),
    };
}
