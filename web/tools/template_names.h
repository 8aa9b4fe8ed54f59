#pragma once
/* template_names.h: what the template compiler knows of HTML's elements and attributes.
   Names are compared without regard to case, so that <SCRIPT> is a script. */
#include <stdbool.h>
#include <stddef.h>

enum element_trait {
    ELEMENT_VOID = 1,        /* has no end tag */
    ELEMENT_BLOCK = 2,       /* white space beside its tags is never seen */
    ELEMENT_KEEPS_SPACE = 4, /* white space inside is shown as it is */
    ELEMENT_TEXT_ONLY = 8,   /* tags inside are not read as tags */
    ELEMENT_SCRIPT = 16,     /* JSON data, or empty with a src */
    ELEMENT_FOREIGN = 32,    /* svg, math: "/>" closes */
    ELEMENT_REFUSED = 64,    /* never in a page of ours */
};

enum attribute_kind {
    ATTRIBUTE_PLAIN,
    ATTRIBUTE_URL,     /* an expression must be the whole value, of type struct url */
    ATTRIBUTE_LITERAL, /* no expressions: its value has a grammar of its own */
    ATTRIBUTE_REFUSED, /* script or style: the content security policy blocks it */
};

/* Bits of enum element_trait; 0 for an unknown name, which counts as inline. */
unsigned element_traits(const char *name, size_t len);
enum attribute_kind attribute_kind(const char *name, size_t len);
/* Case-insensitive; word is lower case. */
bool name_is(const char *name, size_t len, const char *word);
