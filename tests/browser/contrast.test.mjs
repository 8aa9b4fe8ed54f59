// contrast.test.mjs: the colours of manyi.css, in each of its settings, computed: text
// against its ground at least 4.5 to 1, edges of controls 3 to 1 (WCAG 2.2).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const css = await readFile(new URL("../../web/assets/manyi.css", import.meta.url), "utf8");

// The colours that a block of the style sheet sets.
function colours(before) {
  const start = css.indexOf(before);
  assert.ok(start >= 0, before);
  const block = css.slice(css.indexOf("{", start + before.length - 1), css.indexOf("}", start + before.length));
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+): #([0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]));
}

function luminance(hex) {
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = parseInt(long.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

// What stands on what.
const texts = [
  ...["ink", "ink-2", "pine"].flatMap((name) => ["paper", "sheet", "sand"].map((ground) => [name, ground])),
  ...["number", "error"].map((name) => [name, "sheet"]),
  ["ink", "error-wash"],
  ["error", "error-wash"],
  ["on-wash", "wash"],
  ["on-pine", "pine"],
  ["on-pine", "pine-deep"],
  ...["river-1", "river-2", "river-3"].map((ground) => ["ink", ground]),
];
const edges = [
  ["edge", "sheet"],
  ["edge", "paper"],
  ["picked", "wash"],
];

const plain = colours(":root {");
const settings = {
  plain,
  dark: { ...plain, ...colours("dark) {\n  :root {") },
  "more contrast asked of the system": { ...plain, ...colours("more) {\n  :root {") },
  "high contrast": { ...plain, ...colours(":root.contrast {") },
};
for (const [setting, values] of Object.entries(settings))
  test(`colours can be told apart: ${setting}`, () => {
    for (const [pairs, least] of [[texts, 4.5], [edges, 3]])
      for (const [name, ground] of pairs) {
        const found = ratio(values[name], values[ground]);
        assert.ok(found >= least, `${name} on ${ground}: ${found.toFixed(2)}`);
      }
  });

test("both ways to high contrast have the same colours", () => {
  assert.deepEqual(colours("more) {\n  :root {"), colours(":root.contrast {"));
});
