/* restore.c: unpacks, checks, and puts in place. The last step is a renaming, so that at
   each moment there is a whole store; nothing of the store before is ever deleted. */
#include "db/restore.h"

#include "db/codes.h"
#include "db/evidence.h"
#include "db/folder.h"
#include "db/migrations.h"
#include "db/workroom.h"
#include "db/sql_file.h"
#include "db/sql_server.h"
#include "kiosk/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct restoration {
    const struct restore_order *order;
    struct problems *problems;
    struct folder folder; /* of the store; holds the lock of its server */
    struct workroom room;
    bool has_made_folder;
    struct restore_result result;
};

static enum status tell(struct restoration *restoration, enum status rc,
    const char *message, const char *first, const char *second)
{
    struct arena *arena = restoration->problems->arena;
    problems_add(restoration->problems, (struct problem){.message = message,
                                            .argument = {text_copy(arena, text_of(first)),
                                                text_copy(arena, text_of(second))}});
    return rc;
}

static enum status tell_file(
    struct restoration *restoration, enum status rc, const char *message)
{
    return tell(restoration, rc, message, restoration->order->file, "");
}

static enum status tell_location(
    struct restoration *restoration, enum status rc, const char *message)
{
    return tell(restoration, rc, message, restoration->order->location, "");
}

static enum status tell_errno(struct restoration *restoration, int error)
{
    return tell(restoration, STATUS_INTERNAL,
        N_("The store at {1} can't be restored: {2}. Look at the disk and at whose the "
           "folder is, then try again."),
        restoration->order->location, strerror(error));
}

/* ---- where it goes ---- */

static enum status check_file(struct restoration *restoration)
{
    struct stat seen;
    const char *file = restoration->order->file;
    if (stat(file, &seen) != 0 || access(file, R_OK) != 0)
        return tell(restoration, STATUS_NOT_FOUND,
            N_("The backup {1} can't be read: {2}. Check the path."), file,
            strerror(errno));
    if (!S_ISREG(seen.st_mode) || seen.st_size == 0)
        return tell_file(restoration, STATUS_INVALID,
            N_("{1} is no backup of a store, or only a part of one. Take another "
               "backup."));
    return STATUS_OK;
}

static enum status check_location(struct restoration *restoration)
{
    struct text location = text_of(restoration->order->location);
    if (!sql_is_address(location))
        return STATUS_OK;
    struct arena *arena = restoration->problems->arena;
    return tell(restoration, STATUS_INVALID,
        N_("A backup is a file and becomes a folder again; {1} is on a server. Give a "
           "folder."),
        text_to_string(arena, sql_location_name(arena, location)), "");
}

static enum status take_folder(struct restoration *restoration)
{
    const char *location = restoration->order->location;
    struct folder *folder = &restoration->folder;
    folder->location = location;
    if (mkdir(location, 0700) == 0)
        restoration->has_made_folder = true;
    else if (errno != EEXIST)
        return tell(restoration, STATUS_NOT_FOUND,
            N_("The folder {1} can't be made: {2}. Choose another path."), location,
            strerror(errno));
    folder->handle = workroom_open_folder(location);
    if (folder->handle < 0)
        return tell_errno(restoration, errno);
    return folder_lock_serve(folder, restoration->problems);
}

/* Whatever is called manyi.db, readable or not, is somebody's answers. */
static enum status check_place(struct restoration *restoration)
{
    struct stat seen;
    bool is_taken = fstatat(restoration->folder.handle, "manyi.db", &seen, 0) == 0 &&
                    seen.st_size > 0;
    if (!is_taken || restoration->order->replaces)
        return STATUS_OK;
    return tell_location(restoration, STATUS_CONFLICT,
        N_("There is a store at {1} already. Choose another folder, or give --replace: "
           "then it is moved aside, not deleted."));
}

/* ---- what goes there ---- */

static enum status unpack(struct restoration *restoration)
{
    const struct restore_order *order = restoration->order;
    if (!workroom_make(&restoration->room, restoration->folder.handle, order->location,
            restoration->problems->arena) ||
        !workroom_copy(&restoration->room, order->file, &order->listener))
        return tell_errno(restoration, errno);
    return STATUS_OK;
}

static enum status bring_key(struct restoration *restoration)
{
    enum status rc = workroom_bring_key(&restoration->room, restoration->order->key_file);
    if (rc == STATUS_OK)
        return rc;
    if (restoration->order->key_file != NULL)
        return tell(restoration, STATUS_INVALID,
            N_("{1} is no key of a store: that is a file of 32 bytes, called \"key\"."),
            restoration->order->key_file, "");
    return rc == STATUS_INVALID
               ? tell_location(restoration, rc,
                     N_("The file \"key\" of the store at {1} is damaged. Copy it back "
                        "from where it was kept safe."))
               : tell_errno(restoration, errno);
}

/* ---- whether it holds ---- */

/* The version of the tables; 0 if the file is not ours or was never a store. */
static int64_t find_version(const char *database)
{
    struct sql *sql = NULL;
    int64_t version = 0;
    if (sql_open(database, SQL_WRITER, &sql) == STATUS_OK &&
        migrations_find(sql, &version) != STATUS_OK)
        version = 0;
    sql_close(sql);
    return version;
}

static enum status check_copy(struct restoration *restoration)
{
    int64_t version = 0;
    if (sql_file_check(restoration->room.database) == STATUS_OK)
        version = find_version(restoration->room.database);
    if (version == 0)
        return tell_file(restoration, STATUS_INVALID,
            N_("{1} is no backup of a store, or it is damaged. Take another backup."));
    if (version > migrations_newest())
        return tell_file(restoration, STATUS_INVALID,
            N_("The backup {1} was made by a newer manyi. Install the newer program."));
    return STATUS_OK;
}

static enum status verify_rows(struct restoration *restoration, struct store *store)
{
    const struct backup_listener *listener = &restoration->order->listener;
    struct plans *plans = NULL;
    enum status rc = plans_open(store, &plans);
    if (rc == STATUS_OK)
        rc = verify_store(store, plans, restoration->problems,
            &restoration->result.verified, listener->progress, listener->context);
    plans_close(plans);
    if (rc == STATUS_OK)
        return rc;
    return tell_file(restoration, rc,
        N_("Nothing was restored: what {1} keeps does not fit together."));
}

/* The open codes are made from the key: one that is found shows that the key is theirs.
 */
static enum status settle_codes(struct restoration *restoration, struct store *store)
{
    bool are_known = false;
    enum status rc = codes_know_key(store, &are_known);
    if (rc != STATUS_OK || are_known)
        return rc;
    if (restoration->order->key_file != NULL)
        return tell(restoration, STATUS_INVALID,
            N_("The codes of {2} were not made with the key {1}. Give the key that was "
               "beside that store."),
            restoration->order->key_file, restoration->order->file);
    restoration->result.has_other_key = true;
    return codes_renew_open(store);
}

/* It has the form of a store, but no codes, comments or operators. */
static enum status refuse_evidence(struct restoration *restoration, struct store *store)
{
    struct text program;
    enum status rc =
        evidence_get(store, EVIDENCE_PROGRAM, restoration->problems->arena, &program);
    if (rc == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (rc != STATUS_OK)
        return rc;
    return tell_file(restoration, STATUS_INVALID,
        N_("{1} is evidence for auditors, without codes and comments. Restore a backup; "
           "to check this file: manyi verify {1}"));
}

static enum status check_store(struct restoration *restoration)
{
    struct store *store = NULL;
    struct problems ours;
    problems_init(&ours, restoration->problems->arena);
    enum status rc = store_open(restoration->room.path, STORE_CHANGE, &ours, &store);
    if (rc != STATUS_OK)
        return tell_file(restoration, rc,
            N_("Nothing was restored: {1} can't be opened as a store. Look at the disk, "
               "then try again."));
    rc = refuse_evidence(restoration, store);
    if (rc == STATUS_OK)
        rc = verify_rows(restoration, store);
    if (rc == STATUS_OK)
        rc = settle_codes(restoration, store);
    store_close(store);
    return rc;
}

/* ---- putting it in place ---- */

/* Alone with the store before, so that nobody's closing takes the new one's log away. A
   damaged one can't be settled, and goes aside as it is. */
static enum status settle_old(struct restoration *restoration)
{
    const char *database = restoration->folder.database;
    if (access(database, F_OK) != 0 || sql_file_settle(database) != STATUS_BUSY)
        return STATUS_OK;
    return tell_location(restoration, STATUS_BUSY,
        N_("Another program has the store at {1} open. Try again when it is done."));
}

static enum status put_in_place(struct restoration *restoration)
{
    enum status rc = settle_old(restoration);
    if (rc != STATUS_OK)
        return rc;
    if (!workroom_move_aside(&restoration->room, &restoration->result.aside) ||
        !workroom_move_in(&restoration->room))
        return tell_errno(restoration, errno);
    return STATUS_OK;
}

typedef enum status (*step_fn)(struct restoration *restoration);

static const step_fn steps[] = {check_location, check_file, take_folder, check_place,
    unpack, bring_key, check_copy, check_store, put_in_place};

static enum status run(struct restoration *restoration)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; rc == STATUS_OK && i < sizeof steps / sizeof *steps; i++)
        rc = steps[i](restoration);
    return rc;
}

/* A folder that was made for nothing goes again. */
static void leave_folder(struct restoration *restoration)
{
    if (!restoration->has_made_folder || restoration->folder.handle < 0)
        return;
    (void)unlinkat(restoration->folder.handle, "serve.lock", 0);
    (void)rmdir(restoration->order->location);
}

enum status restore_store(const struct restore_order *order, struct problems *problems,
    struct restore_result *out)
{
    struct restoration restoration = {.order = order,
        .problems = problems,
        .folder = {.handle = -1, .serve_lock = -1},
        .room = {.folder = -1, .handle = -1}};
    struct text database = text_format(problems->arena, "%s/manyi.db", order->location);
    if (database.ptr == NULL)
        return STATUS_NO_MEMORY;
    restoration.folder.database = strndup(database.ptr, database.len);
    if (restoration.folder.database == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = run(&restoration);
    workroom_close(&restoration.room);
    if (rc == STATUS_OK)
        *out = restoration.result;
    else
        leave_folder(&restoration);
    folder_close(&restoration.folder);
    return rc;
}
