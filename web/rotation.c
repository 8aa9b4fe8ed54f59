/* rotation.c: a place for each centre, in it a ring of slots, in each a count and a bit
   for each number. Places are found by the centre's number and never given up, but taken
   over once nothing that was shown there is good any more. */
#include "web/rotation.h"

#include "kiosk/limits.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 16, /* a code is good in its own slot and the eleven after it */
    SLOTS_GOOD = 2 + ROTATING_VALID_SECONDS / ROTATING_SECONDS,
    OFFSET_OF_A_SECOND = 97 /* starts of one minute begin far from each other */
};
_Static_assert((int)SLOTS_GOOD <= (int)SLOTS, "a ring holds what is good");

struct slot {
    uint32_t slot;
    uint32_t shown; /* so many of them were shown, beginning with the offset */
    unsigned char opened[ROTATING_NUMBERS / 8];
};

struct place {
    uint32_t screen; /* of the centre; 0: none yet */
    uint32_t newest; /* slot in which it showed something last */
    struct slot slots[SLOTS];
};

struct rotation {
    pthread_mutex_t mutex;
    uint32_t offset; /* where numbers begin, by the second of the start: a slot that a
                        process before this one began is gone on with other numbers */
    uint32_t begun;  /* slots up to this one may have been shown by that process */
    struct place places[ROTATING_CENTRES_MAX];
};

enum status rotation_open(int64_t seconds, struct rotation **out)
{
    struct rotation *rotation = calloc(1, sizeof *rotation);
    if (rotation == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&rotation->mutex, NULL);
    rotation->offset = (uint32_t)seconds * OFFSET_OF_A_SECOND % ROTATING_NUMBERS;
    rotation->begun = rotating_slot(seconds) + 1; /* clocks differ by some seconds */
    *out = rotation;
    return STATUS_OK;
}

void rotation_close(struct rotation *rotation)
{
    if (rotation == NULL)
        return;
    (void)pthread_mutex_destroy(&rotation->mutex);
    free(rotation);
}

/* ---- places ---- */

static struct place *find_place(struct rotation *rotation, uint32_t screen)
{
    for (size_t i = 0; i < ROTATING_CENTRES_MAX; i++) {
        struct place *place = &rotation->places[(screen + i) % ROTATING_CENTRES_MAX];
        if (place->screen == screen)
            return place;
        if (place->screen == 0)
            return NULL;
    }
    return NULL;
}

/* The first that is empty, or that nobody needs any more; NULL if all are in use. */
static struct place *take_place(struct rotation *rotation, uint32_t screen, uint32_t slot)
{
    struct place *place = find_place(rotation, screen);
    for (size_t i = 0; place == NULL && i < ROTATING_CENTRES_MAX; i++) {
        struct place *at = &rotation->places[(screen + i) % ROTATING_CENTRES_MAX];
        if (at->screen == 0 || slot - at->newest > SLOTS_GOOD)
            place = at;
    }
    if (place != NULL && place->screen != screen)
        *place = (struct place){.screen = screen};
    return place;
}

/* ---- slots ---- */

static bool has_opened(const struct slot *slot, uint32_t number)
{
    return (slot->opened[number / 8] >> number % 8 & 1) != 0;
}

static struct slot *find_slot(struct place *place, uint32_t slot)
{
    struct slot *found = &place->slots[slot % SLOTS];
    return found->slot == slot ? found : NULL;
}

/* The slot of a turn, if this process has shown it. */
static struct slot *find_shown(struct rotation *rotation, const struct turn *shown)
{
    struct place *place = find_place(rotation, shown->screen);
    struct slot *slot = place == NULL ? NULL : find_slot(place, shown->slot);
    uint32_t nth = (shown->number - rotation->offset) % ROTATING_NUMBERS;
    return slot != NULL && nth < slot->shown ? slot : NULL;
}

static uint32_t next_number(const struct rotation *rotation, struct slot *slot)
{
    uint32_t number = 0;
    for (int tries = 0; tries < ROTATING_NUMBERS; tries++) {
        number = (rotation->offset + slot->shown++) % ROTATING_NUMBERS;
        if (!has_opened(slot, number))
            break;
    }
    return number;
}

enum status rotation_show(
    struct rotation *rotation, uint32_t centre_screen, int64_t seconds, struct turn *out)
{
    uint32_t now = rotating_slot(seconds);
    (void)pthread_mutex_lock(&rotation->mutex);
    struct place *place = take_place(rotation, centre_screen, now);
    if (place != NULL) {
        struct slot *slot = &place->slots[now % SLOTS];
        if (slot->slot != now)
            *slot = (struct slot){.slot = now};
        place->newest = now;
        *out = (struct turn){centre_screen, now, next_number(rotation, slot)};
    }
    (void)pthread_mutex_unlock(&rotation->mutex);
    return place == NULL ? STATUS_BUSY : STATUS_OK;
}

/* ---- asking ---- */

bool rotation_is_fresh(
    struct rotation *rotation, const struct turn *shown, int64_t seconds)
{
    (void)pthread_mutex_lock(&rotation->mutex);
    const struct slot *slot = find_shown(rotation, shown);
    bool is_fresh = slot != NULL && slot->slot == rotating_slot(seconds) &&
                    !has_opened(slot, shown->number);
    (void)pthread_mutex_unlock(&rotation->mutex);
    return is_fresh;
}

int64_t rotation_age(const struct turn *shown, int64_t seconds)
{
    /* A page without scripts keeps a code for a whole ROTATING_SECONDS. */
    return seconds - ((int64_t)shown->slot + 2) * ROTATING_SECONDS;
}

bool rotation_opens(struct rotation *rotation, const struct turn *shown, int64_t seconds)
{
    if (shown->slot > rotating_slot(seconds) + 1 ||
        rotation_age(shown, seconds) >= ROTATING_VALID_SECONDS)
        return false;
    (void)pthread_mutex_lock(&rotation->mutex);
    struct slot *slot = find_shown(rotation, shown);
    if (slot != NULL)
        slot->opened[shown->number / 8] |= (unsigned char)(1 << shown->number % 8);
    (void)pthread_mutex_unlock(&rotation->mutex);
    return slot != NULL || shown->slot <= rotation->begun;
}
