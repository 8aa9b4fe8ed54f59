/* survey_shelf.c: a ring of pages: the newest takes the place of the oldest. So few names
   are compared faster than they are hashed. */
#include "web/pages/survey_shelf.h"

#include "kiosk/limits.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct place {
    struct stamped *page; /* NULL: empty */
    size_t name_len;
    char name[SHELF_NAME_BYTES_MAX];
};

struct survey_shelf {
    pthread_mutex_t mutex;
    size_t next; /* the place that is filled next */
    size_t bytes;
    struct place places[SHELF_PAGES_MAX];
};

struct survey_shelf *survey_shelf_new(void)
{
    struct survey_shelf *shelf = calloc(1, sizeof *shelf);
    if (shelf != NULL)
        (void)pthread_mutex_init(&shelf->mutex, NULL);
    return shelf;
}

static void empty(struct survey_shelf *shelf, struct place *place)
{
    if (place->page == NULL)
        return;
    shelf->bytes -= stamped_bytes(place->page);
    stamped_release(place->page);
    place->page = NULL;
}

void survey_shelf_free(struct survey_shelf *shelf)
{
    if (shelf == NULL)
        return;
    for (size_t i = 0; i < SHELF_PAGES_MAX; i++)
        empty(shelf, &shelf->places[i]);
    (void)pthread_mutex_destroy(&shelf->mutex);
    free(shelf);
}

static bool is_named(const struct place *place, struct text name)
{
    return place->page != NULL && place->name_len == name.len &&
           memcmp(place->name, name.ptr, name.len) == 0;
}

/* NULL: not there. */
static struct place *find(struct survey_shelf *shelf, struct text name)
{
    for (size_t i = 0; i < SHELF_PAGES_MAX; i++)
        if (is_named(&shelf->places[i], name))
            return &shelf->places[i];
    return NULL;
}

struct stamped *survey_shelf_take(struct survey_shelf *shelf, struct text name)
{
    (void)pthread_mutex_lock(&shelf->mutex);
    const struct place *place = find(shelf, name);
    struct stamped *page = place == NULL ? NULL : stamped_share(place->page);
    (void)pthread_mutex_unlock(&shelf->mutex);
    return page;
}

/* The oldest go until there is room; then the next place is free as well. */
static void make_room(struct survey_shelf *shelf, size_t bytes)
{
    empty(shelf, &shelf->places[shelf->next]);
    for (size_t i = 1; i < SHELF_PAGES_MAX && shelf->bytes + bytes > SHELF_BYTES_MAX; i++)
        empty(shelf, &shelf->places[(shelf->next + i) % SHELF_PAGES_MAX]);
}

static bool put(struct survey_shelf *shelf, struct text name, struct stamped *page)
{
    size_t bytes = stamped_bytes(page);
    if (name.len == 0 || name.len > SHELF_NAME_BYTES_MAX || bytes > SHELF_BYTES_MAX ||
        find(shelf, name) != NULL)
        return false;
    make_room(shelf, bytes);
    struct place *place = &shelf->places[shelf->next];
    place->page = page;
    place->name_len = name.len;
    memcpy(place->name, name.ptr, name.len);
    shelf->bytes += bytes;
    shelf->next = (shelf->next + 1) % SHELF_PAGES_MAX;
    return true;
}

void survey_shelf_put(struct survey_shelf *shelf, struct text name, struct stamped *page)
{
    (void)pthread_mutex_lock(&shelf->mutex);
    bool is_kept = put(shelf, name, page);
    (void)pthread_mutex_unlock(&shelf->mutex);
    if (!is_kept)
        stamped_release(page);
}
