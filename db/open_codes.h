#pragma once
/* open_codes.h: codes that many may use, within this folder: derived from the key and a
   counter, kept as hashes among the other codes. */
#include "db/codes.h"
#include "db/sql.h"

/* One of them: whose it is, and how often it was replaced. */
struct open_code {
    struct text programme; /* empty: the centre's own */
    struct text centre;
    enum channel channel; /* poster or kiosk */
    uint32_t counter;
};

struct code open_code_derive(const struct code_key *key, const struct open_code *open);

/* Puts its hash among the codes, if it is not there; within a transaction. */
MUST_CHECK enum status open_code_add(
    struct sql *sql, const struct code_key *key, const struct open_code *open);
