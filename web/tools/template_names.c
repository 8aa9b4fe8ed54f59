/* template_names.c: HTML's elements and attributes as tables. */
#include "web/tools/template_names.h"

#include <string.h>
#include <strings.h>

struct element_row {
    const char *name;
    unsigned traits;
};

static const struct element_row elements[] = {
    {"area", ELEMENT_VOID},
    {"br", ELEMENT_VOID | ELEMENT_BLOCK},
    {"col", ELEMENT_VOID | ELEMENT_BLOCK},
    {"hr", ELEMENT_VOID | ELEMENT_BLOCK},
    {"img", ELEMENT_VOID},
    {"input", ELEMENT_VOID},
    {"link", ELEMENT_VOID | ELEMENT_BLOCK},
    {"meta", ELEMENT_VOID | ELEMENT_BLOCK},
    {"source", ELEMENT_VOID},
    {"track", ELEMENT_VOID},
    {"wbr", ELEMENT_VOID},

    {"html", ELEMENT_BLOCK},
    {"head", ELEMENT_BLOCK},
    {"body", ELEMENT_BLOCK},
    {"main", ELEMENT_BLOCK},
    {"header", ELEMENT_BLOCK},
    {"footer", ELEMENT_BLOCK},
    {"nav", ELEMENT_BLOCK},
    {"section", ELEMENT_BLOCK},
    {"article", ELEMENT_BLOCK},
    {"aside", ELEMENT_BLOCK},
    {"div", ELEMENT_BLOCK},
    {"p", ELEMENT_BLOCK},
    {"h1", ELEMENT_BLOCK},
    {"h2", ELEMENT_BLOCK},
    {"h3", ELEMENT_BLOCK},
    {"h4", ELEMENT_BLOCK},
    {"h5", ELEMENT_BLOCK},
    {"h6", ELEMENT_BLOCK},
    {"ul", ELEMENT_BLOCK},
    {"ol", ELEMENT_BLOCK},
    {"li", ELEMENT_BLOCK},
    {"dl", ELEMENT_BLOCK},
    {"dt", ELEMENT_BLOCK},
    {"dd", ELEMENT_BLOCK},
    {"blockquote", ELEMENT_BLOCK},
    {"figure", ELEMENT_BLOCK},
    {"figcaption", ELEMENT_BLOCK},
    {"form", ELEMENT_BLOCK},
    {"fieldset", ELEMENT_BLOCK},
    {"legend", ELEMENT_BLOCK},
    {"option", ELEMENT_BLOCK},
    {"optgroup", ELEMENT_BLOCK},
    {"details", ELEMENT_BLOCK},
    {"summary", ELEMENT_BLOCK},
    {"dialog", ELEMENT_BLOCK},
    {"noscript", ELEMENT_BLOCK},
    {"table", ELEMENT_BLOCK},
    {"caption", ELEMENT_BLOCK},
    {"colgroup", ELEMENT_BLOCK},
    {"thead", ELEMENT_BLOCK},
    {"tbody", ELEMENT_BLOCK},
    {"tfoot", ELEMENT_BLOCK},
    {"tr", ELEMENT_BLOCK},
    {"th", ELEMENT_BLOCK},
    {"td", ELEMENT_BLOCK},

    {"pre", ELEMENT_BLOCK | ELEMENT_KEEPS_SPACE},
    {"textarea", ELEMENT_KEEPS_SPACE | ELEMENT_TEXT_ONLY},
    {"title", ELEMENT_BLOCK | ELEMENT_TEXT_ONLY},
    {"script", ELEMENT_BLOCK | ELEMENT_SCRIPT},
    {"svg", ELEMENT_FOREIGN},
    {"math", ELEMENT_FOREIGN},

    {"style", ELEMENT_REFUSED},
    {"base", ELEMENT_REFUSED},
    {"object", ELEMENT_REFUSED},
    {"embed", ELEMENT_REFUSED},
    {"applet", ELEMENT_REFUSED},
    {"param", ELEMENT_REFUSED},
    {"iframe", ELEMENT_REFUSED},
    {"frame", ELEMENT_REFUSED},
    {"frameset", ELEMENT_REFUSED},
    {"noframes", ELEMENT_REFUSED},
    {"noembed", ELEMENT_REFUSED},
    {"plaintext", ELEMENT_REFUSED},
    {"listing", ELEMENT_REFUSED},
    {"xmp", ELEMENT_REFUSED},
    {"foreignobject", ELEMENT_REFUSED},
    {"animate", ELEMENT_REFUSED},
    {"animatemotion", ELEMENT_REFUSED},
    {"animatetransform", ELEMENT_REFUSED},
    {"set", ELEMENT_REFUSED},
};

struct attribute_row {
    const char *name;
    enum attribute_kind kind;
};

static const struct attribute_row attributes[] = {
    {"href", ATTRIBUTE_URL},
    {"xlink:href", ATTRIBUTE_URL},
    {"src", ATTRIBUTE_URL},
    {"action", ATTRIBUTE_URL},
    {"formaction", ATTRIBUTE_URL},
    {"poster", ATTRIBUTE_URL},
    {"cite", ATTRIBUTE_URL},
    {"background", ATTRIBUTE_URL},
    {"data", ATTRIBUTE_URL},
    {"longdesc", ATTRIBUTE_URL},
    {"usemap", ATTRIBUTE_URL},

    {"srcset", ATTRIBUTE_LITERAL},
    {"imagesrcset", ATTRIBUTE_LITERAL},
    {"ping", ATTRIBUTE_LITERAL},
    {"http-equiv", ATTRIBUTE_LITERAL},
    {"charset", ATTRIBUTE_LITERAL},
    {"accept-charset", ATTRIBUTE_LITERAL},
    {"method", ATTRIBUTE_LITERAL},
    {"formmethod", ATTRIBUTE_LITERAL},
    {"rel", ATTRIBUTE_LITERAL},
    {"target", ATTRIBUTE_LITERAL},
    {"integrity", ATTRIBUTE_LITERAL},
    {"nonce", ATTRIBUTE_LITERAL},
    {"sandbox", ATTRIBUTE_LITERAL},

    {"style", ATTRIBUTE_REFUSED},
    {"srcdoc", ATTRIBUTE_REFUSED},
};

bool name_is(const char *name, size_t len, const char *word)
{
    return strlen(word) == len && strncasecmp(name, word, len) == 0;
}

unsigned element_traits(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (name_is(name, len, elements[i].name))
            return elements[i].traits;
    return 0;
}

enum attribute_kind attribute_kind(const char *name, size_t len)
{
    if (len > 2 && strncasecmp(name, "on", 2) == 0)
        return ATTRIBUTE_REFUSED; /* onclick and all that are to come */
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (name_is(name, len, attributes[i].name))
            return attributes[i].kind;
    return ATTRIBUTE_PLAIN;
}
