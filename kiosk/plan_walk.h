#pragma once
/* plan_walk.h: fills an entry's struct from a mapping of the YAML tree by its table of
   keys, and lists of entries in turn. Reports unknown, doubled and missing keys, values
   of the wrong form, empty and overlong lists; a key that is misspelt beyond doubt is
   reported and then read as the one that was meant. */
#include "kiosk/plan_values.h"

struct yaml_document_s;

/* Fills *record, which has the shape's size and is zeroed, from the document's root.
   reader->is_full tells that the arena was too small. */
void walk_document(struct value_reader *reader, const struct plan_source *source,
    struct yaml_document_s *document, const struct plan_shape *shape, void *record);
