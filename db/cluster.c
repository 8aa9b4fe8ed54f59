/* cluster.c: the way to a database on a server, with a sentence for each thing that may
   be in it. */
#include "db/cluster.h"

#include "db/key_file.h"
#include "db/secret.h"
#include "db/sql_server.h"
#include "kiosk/language.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define KEY_VARIABLE "MANYI_KEY"
#define CREDENTIAL "manyi-key"

static enum status tell(const struct folder *folder, struct problems *problems,
    enum status rc, const char *message, const char *second)
{
    struct arena *arena = problems->arena;
    problems_add(problems, (struct problem){.message = message,
                               .argument = {text_copy(arena, text_of(folder->location)),
                                   text_copy(arena, text_of(second))}});
    return rc;
}

/* ---- the server ---- */

static const char *const refusals[] = {
    [SQL_REFUSED_NOT] = NULL,
    [SQL_REFUSED_ADDRESS] = N_(
        "{1} is not an address of a database. Write postgres://USER@HOST:PORT/DATABASE "
        "and keep the password in ~/.pgpass or PGPASSWORD; in an address an @ or / of "
        "it is written %40 or %2F."),
    [SQL_REFUSED_UNREACHABLE] = N_(
        "The database at {1} can't be reached: {2}. Check the address, the name of the "
        "user and the password, and that the server runs."),
    [SQL_REFUSED_OLD] = N_(
        "The server of {1} is PostgreSQL {2}, and this program needs 13 or newer. Bring "
        "the server up to date."),
    [SQL_REFUSED_ENCODING] =
        N_("The database at {1} keeps texts as {2}, and this program needs UTF8. Make "
           "another one with: createdb --encoding=UTF8 --template=template0 NAME"),
    [SQL_REFUSED_READ_ONLY] =
        N_("The server of {1} only lets read: it is a standby, or was set so. Give the "
           "address of the one that takes writing."),
    [SQL_REFUSED_RIGHTS] =
        N_("The user of {1} lacks the rights to this program's {2}. Let the database be "
           "owned by it: ALTER DATABASE … OWNER TO …, or GRANT ALL on the {2}."),
    [SQL_REFUSED_FOREIGN] =
        N_("The database at {1} holds the tables of another program. Give one of its own "
           "to this program: createdb --encoding=UTF8 --template=template0 NAME"),
    [SQL_REFUSED_ELSE] =
        N_("The database at {1} can't be used; the line above says why."),
};

static enum status connect_writer(
    struct folder *folder, struct problems *problems, struct sql **out)
{
    struct sql_why why;
    enum status rc = sql_server_open(folder->database, SQL_WRITER, out, &why);
    return rc == STATUS_OK || rc == STATUS_NO_MEMORY
               ? rc
               : tell(folder, problems, rc, refusals[why.refusal], why.detail);
}

/* ---- the key ---- */

/* The path in the arena; NULL: nothing names one. */
static const char *find_key_path(struct arena *arena)
{
    const char *path = getenv(KEY_VARIABLE);
    const char *credentials = getenv("CREDENTIALS_DIRECTORY");
    if (path != NULL && path[0] != '\0')
        return path;
    if (credentials == NULL)
        return NULL;
    return text_to_string(arena, text_format(arena, "%s/" CREDENTIAL, credentials));
}

static enum status find_key(
    struct folder *folder, bool may_make, struct problems *problems)
{
    const char *path = find_key_path(problems->arena);
    if (path == NULL)
        return tell(folder, problems, STATUS_INVALID,
            N_("A store on a server needs the key of its codes in a file, the same on "
               "every machine. Set MANYI_KEY to the path of that file; the first program "
               "makes it."),
            "");
    enum status rc = key_file_read(AT_FDCWD, path, &folder->key);
    if (rc == STATUS_NOT_FOUND && may_make)
        rc = key_file_make(AT_FDCWD, path, folder->given, &folder->key);
    if (rc == STATUS_NOT_FOUND)
        return tell(folder, problems, STATUS_INVALID,
            N_("The key file {2} is missing, and without it no printed code of {1} is "
               "known. Copy it from another machine of this store, or from where it was "
               "kept safe."),
            path);
    if (rc == STATUS_INVALID)
        return tell(folder, problems, rc,
            N_("{2} is not a key: that is a file of 32 bytes. Copy it from another "
               "machine "
               "of the store at {1}."),
            path);
    if (rc == STATUS_INTERNAL)
        return tell(folder, problems, rc,
            N_("The key of the store at {1} can't be read or written: {2}. Check whose "
               "the "
               "file named by MANYI_KEY is."),
            strerror(errno));
    return rc;
}

enum status cluster_open(struct folder *folder, const char *address, bool make,
    struct problems *problems, struct sql **out)
{
    struct arena *arena = problems->arena;
    bool is_fresh = false;
    *folder = (struct folder){.given = folder->given, .handle = -1, .serve_lock = -1};
    folder->location = text_to_string(arena, sql_location_name(arena, text_of(address)));
    folder->database = strdup(address);
    if (folder->location == NULL || folder->database == NULL)
        return STATUS_NO_MEMORY;
    enum status rc = connect_writer(folder, problems, out);
    if (rc == STATUS_OK)
        rc = sql_is_fresh(*out, &is_fresh);
    if (rc != STATUS_OK)
        return rc;
    if (is_fresh && !make)
        return tell(folder, problems, STATUS_NOT_FOUND,
            N_("There is no store at {1}. Make one with: manyi plan apply --store {1} "
               "FILE"),
            "");
    return find_key(folder, is_fresh, problems);
}

/* ---- the check value ---- */

enum { CHECK_BYTES = 16, CHECK_LETTERS = 2 * CHECK_BYTES };

/* A hash under the key of a text that is no code: tells nothing of the key. */
static void make_check(const struct code_key *key, char out[CHECK_LETTERS + 1])
{
    static const char text[] = "the key of this store";
    unsigned char hash[CHECK_BYTES];
    (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)text,
        sizeof text - 1, key->bytes, sizeof key->bytes);
    (void)sodium_bin2hex(out, CHECK_LETTERS + 1, hash, sizeof hash);
}

static enum status keep_check(struct sql *sql, const char *check)
{
    struct sql_statement *set = sql_use(sql, SQL_SETTING_SET);
    sql_bind_text(set, 1, TEXT("key_check"));
    sql_bind_text(set, 2, text_of(check));
    return sql_run(set);
}

/* CONFLICT: it is another one. */
static enum status compare_check(struct sql *sql, const char *check, bool may_keep)
{
    struct sql_statement *get = sql_use(sql, SQL_SETTING_GET);
    sql_bind_text(get, 1, TEXT("key_check"));
    enum status rc = sql_step(get);
    if (rc == STATUS_NOT_FOUND && may_keep)
        return keep_check(sql, check);
    if (rc != STATUS_OK)
        return rc;
    bool is_same = text_equals(sql_text(get, 0), text_of(check));
    sql_reset(get);
    return is_same ? STATUS_OK : STATUS_CONFLICT;
}

static enum status keep_first(struct sql *sql, const char *check)
{
    enum status rc = sql_begin(sql);
    if (rc != STATUS_OK)
        return rc;
    rc = compare_check(sql, check, true);
    if (rc == STATUS_OK)
        rc = sql_commit(sql);
    sql_rollback(sql);
    return rc;
}

enum status cluster_check_key(
    const struct folder *folder, struct sql *writer, struct problems *problems)
{
    char check[CHECK_LETTERS + 1];
    make_check(&folder->key, check);
    enum status rc = compare_check(writer, check, false);
    if (rc == STATUS_NOT_FOUND)
        rc = keep_first(writer, check);
    if (rc != STATUS_CONFLICT)
        return rc;
    return tell(folder, problems, STATUS_INVALID,
        N_("The codes of {1} were made with another key than that of MANYI_KEY. Copy the "
           "key file from another machine of this store."),
        "");
}
