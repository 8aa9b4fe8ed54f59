/* password.c: a bounded queue in front of libsodium's crypto_pwhash. */
#include "web/password.h"

#include "kiosk/limits.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    HASH_PASSES = 3, /* those of libsodium's MODERATE, in a quarter of its memory */
    HASH_MEMORY_BYTES = 64 << 20
};

_Static_assert(PASSWORD_HASH_LETTERS + 1 == crypto_pwhash_STRBYTES, "room for a hash");

/* One call, on the caller's stack. */
struct call {
    struct text password;
    bool is_check;
    char hash[PASSWORD_HASH_LETTERS + 1]; /* to check against, or what was made */
    enum status status;
    bool is_done;
    struct call *next;
};

struct passwords {
    pthread_t threads[PASSWORDS_AT_ONCE];
    size_t thread_count;
    pthread_mutex_t mutex;
    pthread_cond_t asked;
    pthread_cond_t done; /* a call is; all who wait look */
    struct call *first;
    struct call *last;
    size_t waiting;
    bool is_closing;
};

/* libsodium takes no NULL, not even for an empty password. */
static struct call call_with(struct text password)
{
    return (struct call){.password = password.ptr == NULL ? TEXT("") : password};
}

static void make_hash(struct call *call)
{
    bool is_made = crypto_pwhash_str(call->hash, call->password.ptr, call->password.len,
                       HASH_PASSES, HASH_MEMORY_BYTES) == 0;
    call->status = is_made ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Without a hash to check against, one is made: it costs the same. */
static void run(struct call *call)
{
    if (!call->is_check || call->hash[0] == '\0') {
        make_hash(call);
        if (call->is_check && call->status == STATUS_OK)
            call->status = STATUS_INVALID;
        return;
    }
    bool is_right =
        crypto_pwhash_str_verify(call->hash, call->password.ptr, call->password.len) == 0;
    call->status = is_right ? STATUS_OK : STATUS_INVALID;
}

/* NULL: nothing waits and the end is near. */
static struct call *take_call(struct passwords *passwords)
{
    while (passwords->first == NULL && !passwords->is_closing)
        (void)pthread_cond_wait(&passwords->asked, &passwords->mutex);
    struct call *call = passwords->first;
    if (call == NULL)
        return NULL;
    passwords->first = call->next;
    if (passwords->first == NULL)
        passwords->last = NULL;
    passwords->waiting--;
    return call;
}

static void *work(void *argument)
{
    struct passwords *passwords = argument;
    struct call *call;
    (void)pthread_mutex_lock(&passwords->mutex);
    while ((call = take_call(passwords)) != NULL) {
        (void)pthread_mutex_unlock(&passwords->mutex);
        run(call);
        (void)pthread_mutex_lock(&passwords->mutex);
        call->is_done = true;
        (void)pthread_cond_broadcast(&passwords->done);
    }
    (void)pthread_mutex_unlock(&passwords->mutex);
    return NULL;
}

enum status passwords_open(struct passwords **out)
{
    struct passwords *passwords = calloc(1, sizeof *passwords);
    if (passwords == NULL)
        return STATUS_NO_MEMORY;
    (void)pthread_mutex_init(&passwords->mutex, NULL);
    (void)pthread_cond_init(&passwords->asked, NULL);
    (void)pthread_cond_init(&passwords->done, NULL);
    while (passwords->thread_count < PASSWORDS_AT_ONCE &&
           pthread_create(
               &passwords->threads[passwords->thread_count], NULL, work, passwords) == 0)
        passwords->thread_count++;
    if (passwords->thread_count == 0) {
        passwords_close(passwords);
        return STATUS_INTERNAL;
    }
    *out = passwords;
    return STATUS_OK;
}

void passwords_close(struct passwords *passwords)
{
    if (passwords == NULL)
        return;
    (void)pthread_mutex_lock(&passwords->mutex);
    passwords->is_closing = true;
    (void)pthread_cond_broadcast(&passwords->asked);
    (void)pthread_mutex_unlock(&passwords->mutex);
    for (size_t i = 0; i < passwords->thread_count; i++)
        (void)pthread_join(passwords->threads[i], NULL);
    (void)pthread_cond_destroy(&passwords->asked);
    (void)pthread_cond_destroy(&passwords->done);
    (void)pthread_mutex_destroy(&passwords->mutex);
    free(passwords);
}

/* Waits until the call is done. BUSY: it was not taken. */
static enum status make_call(struct passwords *passwords, struct call *call)
{
    (void)pthread_mutex_lock(&passwords->mutex);
    bool is_taken = passwords->waiting < PASSWORD_QUEUE_MAX && !passwords->is_closing;
    if (is_taken) {
        if (passwords->last == NULL)
            passwords->first = call;
        else
            passwords->last->next = call;
        passwords->last = call;
        passwords->waiting++;
        (void)pthread_cond_signal(&passwords->asked);
        while (!call->is_done)
            (void)pthread_cond_wait(&passwords->done, &passwords->mutex);
    }
    (void)pthread_mutex_unlock(&passwords->mutex);
    return is_taken ? call->status : STATUS_BUSY;
}

enum status password_hash(struct passwords *passwords, struct text password,
    char out[PASSWORD_HASH_LETTERS + 1])
{
    struct call call = call_with(password);
    enum status rc = make_call(passwords, &call);
    if (rc == STATUS_OK)
        memcpy(out, call.hash, sizeof call.hash);
    return rc;
}

enum status password_verify(
    struct passwords *passwords, struct text password, struct text hash)
{
    struct call call = call_with(password);
    call.is_check = true;
    if (hash.len > 0 && hash.len <= PASSWORD_HASH_LETTERS)
        memcpy(call.hash, hash.ptr, hash.len);
    return make_call(passwords, &call);
}
