#pragma once
/* qr_svg.h: a QR symbol as an SVG element for pages: black on white with its quiet zone,
   one path, the same bytes for the same symbol. */
#include "kiosk/qr.h"
#include "web/html.h"

/* In the arena; the markup is empty (ptr NULL) when it is full. The element is hidden
   from readers: what stands around it says where it leads. */
struct html qr_svg(struct arena *arena, const struct qr *symbol);
