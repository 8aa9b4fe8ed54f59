/* plan_walk.c: libyaml's document tree, walked by tables. */
#include "kiosk/plan_walk.h"

#include "kiosk/language.h"
#include "kiosk/plan_spell.h"

#include <yaml.h>

/* Keys of one mapping that are looked at; no entry has so many, so those behind are not
   the first mistake. */
enum { PAIRS_MAX = 64 };

struct walk {
    struct value_reader *reader;
    const struct plan_source *source;
    yaml_document_t *document;
};

static void read_entry(const struct walk *walk, const struct plan_shape *shape,
    const yaml_node_t *node, void *record);

static struct problems *problems_of(const struct walk *walk)
{
    return walk->reader->problems;
}

static struct place node_place(const struct walk *walk, const yaml_node_t *node)
{
    return source_place(walk->source, node->start_mark.line, node->start_mark.column);
}

static struct text node_text(const yaml_node_t *node)
{
    return (struct text){(const char *)node->data.scalar.value, node->data.scalar.length};
}

static void report(const struct walk *walk, struct place at, struct problem problem)
{
    source_report(problems_of(walk), at, problem);
}

static struct text count_text(const struct walk *walk, size_t count)
{
    return text_format(problems_of(walk)->arena, "%zu", count);
}

static bool is_scalar(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE;
}

/* Nothing behind the colon, or YAML's words for nothing. */
static bool is_nothing(const yaml_node_t *node)
{
    static const char *const nothings[] = {"", "~", "null", "Null", "NULL"};

    if (!is_scalar(node) || node->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++)
        if (text_equals(node_text(node), text_of(nothings[i])))
            return true;
    return false;
}

/* ---- lists ---- */

static size_t value_size(const struct plan_key *key)
{
    switch (key->of) {
    case KIND_ENTRY:
        return key->shape->size;
    case KIND_NUMBER:
        return sizeof(struct number_value);
    case KIND_REFERENCE:
    case KIND_TEXT:
    case KIND_ID:
    case KIND_ITEM_ID:
    case KIND_TARGET:
    case KIND_CONFIDENCE:
    case KIND_POINTS:
    case KIND_DATE:
    case KIND_FLAG:
    case KIND_WORD:
    case KIND_WHEN:
    case KIND_HOURS:
    case KIND_LIST:
        break;
    }
    return sizeof(struct text_value);
}

static void read_scalar(const struct walk *walk, const struct plan_key *key,
    const yaml_node_t *node, void *value)
{
    struct scalar scalar = {node_text(node), node_place(walk, node),
        node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE};
    if (is_scalar(node)) {
        value_read(walk->reader, key, scalar, value);
        return;
    }
    report(walk, scalar.at,
        (struct problem){.field = text_of(key->name),
            .message = N_("“{1}” takes a single value, not a list or an entry. Write the "
                          "value behind the colon."),
            .argument = {text_of(key->name)}});
}

static void read_list_entry(const struct walk *walk, const struct plan_key *key,
    const yaml_node_t *node, void *entry)
{
    ((struct value *)entry)->at = node_place(walk, node);
    ((struct value *)entry)->state = VALUE_WRONG;
    if (is_nothing(node))
        report(walk, node_place(walk, node),
            (struct problem){.field = text_of(key->name),
                .message =
                    N_("An entry of “{1}” is empty. Fill it in, or remove its sign "
                       "(- or a comma)."),
                .argument = {text_of(key->name)}});
    else if (key->of == KIND_ENTRY)
        read_entry(walk, key->shape, node, entry);
    else
        read_scalar(walk, key, node, entry);
}

/* How many of the node's entries are read; says so if that is not all, or none. */
static size_t entries_allowed(
    const struct walk *walk, const struct plan_key *key, const yaml_node_t *node)
{
    size_t count =
        (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    size_t max = (size_t)key->max;
    if (count == 0 || count > max)
        report(walk, node_place(walk, node),
            (struct problem){.field = text_of(key->name),
                .message = count == 0 ? N_("The list “{1}” is empty. Add an entry.")
                                      : N_("The list “{1}” has {2} entries; at most {3} "
                                           "are allowed. Shorten it."),
                .argument = {
                    text_of(key->name), count_text(walk, count), count_text(walk, max)}});
    return count > max ? max : count;
}

static void read_list(const struct walk *walk, const struct plan_key *key,
    const yaml_node_t *node, struct list_value *list)
{
    if (node->type != YAML_SEQUENCE_NODE) {
        report(walk, list->is.at,
            (struct problem){.field = text_of(key->name),
                .message =
                    N_("“{1}” must be a list: each entry on a line of its own that "
                       "begins with “- ”, or all in brackets [ ]."),
                .argument = {text_of(key->name)}});
        return;
    }
    size_t count = entries_allowed(walk, key, node);
    size_t size = value_size(key);
    char *entries = arena_take_array(walk->reader->arena, count, size);
    if (entries == NULL) {
        walk->reader->is_full = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_list_entry(walk, key,
            yaml_document_get_node(walk->document, node->data.sequence.items.start[i]),
            entries + i * size);
    list->entries = entries;
    list->count = count;
    list->is.state = count > 0 ? VALUE_GOOD : VALUE_WRONG;
}

/* ---- entries ---- */

static void read_value(const struct walk *walk, const struct plan_key *key,
    const yaml_node_t *node, void *value)
{
    *(struct value *)value = (struct value){VALUE_WRONG, node_place(walk, node)};
    if (is_nothing(node))
        report(walk, node_place(walk, node),
            (struct problem){.field = text_of(key->name),
                .message = key->is_needed
                               ? N_("“{1}” has no value. Write one behind the colon.")
                               : N_("“{1}” has no value. Write one behind the colon, or "
                                    "leave the key out."),
                .argument = {text_of(key->name)}});
    else if (key->kind == KIND_LIST)
        read_list(walk, key, node, value);
    else if (key->kind == KIND_ENTRY)
        read_entry(walk, key->shape, node, value);
    else
        read_scalar(walk, key, node, value);
}

static size_t find_key(const struct plan_shape *shape, struct text name)
{
    size_t at = 0;
    while (at < shape->key_count && !text_equals(text_of(shape->keys[at].name), name))
        at++;
    return at;
}

/* The names of all keys, for a message. */
static struct text known_keys(const struct walk *walk, const struct plan_shape *shape)
{
    struct buffer buffer;
    buffer_init(&buffer, problems_of(walk)->arena, 300);
    for (size_t i = 0; i < shape->key_count; i++) {
        buffer_add_string(&buffer, i == 0 ? "" : ", ");
        buffer_add_string(&buffer, shape->keys[i].name);
    }
    return buffer_text(&buffer);
}

/* A mapping that is being read. */
struct entry {
    const struct walk *walk;
    const struct plan_shape *shape;
    const yaml_node_t *node;
    struct place seen[PLAN_KEYS_MAX]; /* where each key stands; line 0: nowhere */
};

static const yaml_node_t *pair_key(const struct entry *entry, size_t pair)
{
    return yaml_document_get_node(
        entry->walk->document, entry->node->data.mapping.pairs.start[pair].key);
}

static const yaml_node_t *pair_value(const struct entry *entry, size_t pair)
{
    return yaml_document_get_node(
        entry->walk->document, entry->node->data.mapping.pairs.start[pair].value);
}

static size_t count_pairs(const struct entry *entry)
{
    size_t count = (size_t)(entry->node->data.mapping.pairs.top -
                            entry->node->data.mapping.pairs.start);
    return count > PAIRS_MAX ? PAIRS_MAX : count;
}

static bool has_key(const struct entry *entry, struct text name)
{
    for (size_t i = 0; i < count_pairs(entry); i++)
        if (is_scalar(pair_key(entry, i)) &&
            text_equals(node_text(pair_key(entry, i)), name))
            return true;
    return false;
}

/* In braces the comma of “8,500” ends the value: 500 comes along as a key. */
static bool is_rest_of_number(const struct entry *entry, size_t pair)
{
    if (pair == 0 || !is_nothing(pair_value(entry, pair)) ||
        !is_scalar(pair_value(entry, pair - 1)))
        return false;
    int64_t number;
    return text_to_number(node_text(pair_key(entry, pair)), &number) &&
           text_to_number(node_text(pair_value(entry, pair - 1)), &number);
}

static void report_rest_of_number(const struct entry *entry, size_t pair)
{
    struct arena *arena = problems_of(entry->walk)->arena;
    struct text head = value_excerpt(arena, node_text(pair_value(entry, pair - 1)));
    struct text tail = value_excerpt(arena, node_text(pair_key(entry, pair)));
    report(entry->walk, node_place(entry->walk, pair_value(entry, pair - 1)),
        (struct problem){
            .field = value_excerpt(arena, node_text(pair_key(entry, pair - 1))),
            .message =
                N_("“{1}” is not a whole number. Write digits only: no comma, point "
                   "or word."),
            .argument = {text_format(arena, "%.*s,%.*s", TEXT_ARG(head), TEXT_ARG(tail))},
            .did_you_mean =
                text_format(arena, "%.*s%.*s", TEXT_ARG(head), TEXT_ARG(tail))});
}

/* Reports a key that the shape does not have; gives the index of the one that was meant,
   or key_count. */
static size_t unknown_key(const struct entry *entry, size_t pair)
{
    const struct plan_shape *shape = entry->shape;
    struct text name = node_text(pair_key(entry, pair));
    if (is_rest_of_number(entry, pair)) {
        report_rest_of_number(entry, pair);
        return shape->key_count;
    }
    struct spelling spelling = spelling_of(name);
    for (size_t i = 0; i < shape->key_count; i++)
        spelling_try(&spelling, text_of(shape->keys[i].name));
    report(entry->walk, node_place(entry->walk, pair_key(entry, pair)),
        (struct problem){
            .message = N_("“{1}” is not a key that can stand here. The keys are: {2}."),
            .argument = {value_excerpt(problems_of(entry->walk)->arena, name),
                known_keys(entry->walk, shape)},
            .did_you_mean = spelling.best});
    return spelling.best.len > 0 && !has_key(entry, spelling.best)
               ? find_key(shape, spelling.best)
               : shape->key_count;
}

static void read_pair(struct entry *entry, size_t pair, char *record)
{
    const struct walk *walk = entry->walk;
    const yaml_node_t *node = pair_key(entry, pair);
    struct place at = node_place(walk, node);
    if (!is_scalar(node)) {
        report(walk, at,
            (struct problem){.message = N_("A key must be a single word. Compare the "
                                           "brackets of this line with an entry that is "
                                           "right.")});
        return;
    }
    size_t index = find_key(entry->shape, node_text(node));
    if (index == entry->shape->key_count)
        index = unknown_key(entry, pair);
    if (index == entry->shape->key_count)
        return;
    const struct plan_key *key = &entry->shape->keys[index];
    if (entry->seen[index].line > 0) {
        report(walk, at,
            (struct problem){.field = text_of(key->name),
                .message = N_("“{1}” stands twice in this entry, first in line {2}. Keep "
                              "one of them."),
                .argument = {
                    text_of(key->name), count_text(walk, entry->seen[index].line)}});
        return;
    }
    entry->seen[index] = at;
    read_value(walk, key, pair_value(entry, pair), record + key->offset);
}

static void read_entry(const struct walk *walk, const struct plan_shape *shape,
    const yaml_node_t *node, void *record)
{
    struct entry entry = {walk, shape, node, {{0}}};
    *(struct value *)record = (struct value){VALUE_WRONG, node_place(walk, node)};
    if (node->type != YAML_MAPPING_NODE) {
        report(walk, node_place(walk, node),
            (struct problem){.message = N_("An entry with keys is needed here: “key: "
                                           "value”. The keys are: {1}."),
                .argument = {known_keys(walk, shape)}});
        return;
    }
    ((struct value *)record)->state = VALUE_GOOD;
    for (size_t i = 0; i < count_pairs(&entry); i++)
        read_pair(&entry, i, record);
    for (size_t i = 0; i < shape->key_count; i++)
        if (shape->keys[i].is_needed && entry.seen[i].line == 0)
            report(walk, node_place(walk, node),
                (struct problem){.field = text_of(shape->keys[i].name),
                    .message = N_("“{1}” is missing in this entry. Add it."),
                    .argument = {text_of(shape->keys[i].name)}});
}

void walk_document(struct value_reader *reader, const struct plan_source *source,
    struct yaml_document_s *document, const struct plan_shape *shape, void *record)
{
    struct walk walk = {reader, source, document};
    read_entry(&walk, shape, yaml_document_get_root_node(document), record);
}
