#pragma once
/* xml.h: is a piece of markup well-formed XML? Enough for the drawings in pages. */
#include "kiosk/text.h"

/* NULL if elements balance, attributes are quoted, told once each and separated, and no
   bare '<' or '&' stands anywhere; else what is wrong, static, with *at where. */
const char *xml_mistake(struct text markup, size_t *at);

/* The n-th (from 0) <svg> element of a page; empty if there are no more. */
struct text xml_find_svg(struct text page, size_t n);
