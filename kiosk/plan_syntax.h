#pragma once
/* plan_syntax.h: the YAML library's half of reading a plan: from mended text to a
   document tree, with its complaints in plain sentences at the place of the mistake.
   Used by plan_yaml.c and plan_walk.c alone. */
#include "kiosk/plan_source.h"

struct yaml_document_s; /* yaml.h */

/* Loads the one document of a plan. Anchors, aliases, tags, directives, a second
   document and nesting beyond PLAN_NESTING_MAX are refused. OK: the caller frees *out
   with syntax_free; problems may have been added. INVALID: there is no tree to read;
   problems say why. NO_MEMORY. */
MUST_CHECK enum status syntax_load(const struct plan_source *source,
    struct problems *problems, struct yaml_document_s **out);
void syntax_free(struct yaml_document_s *document); /* accepts NULL */
