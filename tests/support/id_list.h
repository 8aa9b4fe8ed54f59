#pragma once
/* id_list.h: which submissions a store has, for tests that ask for many of them. */
#include "db/sql.h"
#include "kiosk/submission.h"

/* The ids of all, wherever they lie. The caller frees. */
struct id_list *id_list_new(struct sql *sql);
void id_list_free(struct id_list *list);
bool id_list_has(const struct id_list *list, const struct submission_id *id);
