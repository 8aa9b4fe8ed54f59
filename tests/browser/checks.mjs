// checks.mjs: what must hold of every page, in whatever state and size it is.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const sizes = {
  390: { width: 390, height: 844 },
  "1280x800": { width: 1280, height: 800 },
  "800x1280": { width: 800, height: 1280 },
  1440: { width: 1440, height: 900 },
};

export const a4 = { width: 794, height: 1123 }; // at 96 dots an inch

// A colour on its way from one to another is neither; every check meets the page at rest.
const settle = (page) =>
  page.evaluate(async () => {
    for (let moving = document.getAnimations(); moving.length; moving = document.getAnimations())
      await Promise.allSettled(moving.map(({ finished }) => finished));
  });

// No violation of WCAG 2.2, levels A and AA, that axe-core can find.
export async function assertAccessible(page, name) {
  await settle(page);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: "tag", values } }),
    levels,
  );
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" · ")}`);
  assert.deepEqual(found, [], `${name}: axe-core`);
}

export async function assertFitsAcross(page, name) {
  const [content, room] = await page.evaluate(() => [
    document.scrollingElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= room, `${name}: ${content} px of content in ${room} px`);
}

export async function assertFitsWholly(page, name) {
  await assertFitsAcross(page, name);
  const [content, room] = await page.evaluate(() => [document.scrollingElement.scrollHeight, innerHeight]);
  assert.ok(content <= room, `${name}: ${content} px of content in ${room} px of height`);
}

// Every text that can be seen has at least that many pixels.
export async function assertLegible(page, name, least) {
  const small = await page.evaluate((pixels) => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest(".skip")) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < pixels - 0.01) found.push(`${size} px: ${walker.currentNode.data.trim()}`);
    }
    return found;
  }, least);
  assert.deepEqual(small, [], `${name}: smaller than ${least} px`);
}

// Whatever can be pressed is at least 60 px wide and high.
export async function assertReachable(page, name) {
  const small = await page.evaluate(() => {
    const pressed = "a:not(.skip), button, label.row, summary, textarea, .code-field";
    return [...document.querySelectorAll(pressed)]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 59.9 || box.height < 59.9)
      .map(({ element, box }) => `${box.width} × ${box.height}: ${element.outerHTML.slice(0, 120)}`);
  });
  assert.deepEqual(small, [], `${name}: smaller than 60 px`);
}

export async function assertGood(page, name, { least = 18 } = {}) {
  await assertFitsAcross(page, name);
  await assertLegible(page, name, least);
  await assertReachable(page, name);
  await assertAccessible(page, name);
}

// What a phone whose own text is set to 200 % shows: a rem twice as large.
export const doubleText = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
  });

// The five levels of each rating on the screen are rows of one size, with faces of one size
// and words of one kind, each with one thing to tap.
export async function assertLevelsAlike(page, name) {
  const ratings = await page.evaluate(() => {
    const look = (row) => {
      const { width, height } = row.getBoundingClientRect();
      const face = row.querySelector(".face").getBoundingClientRect();
      const { fontSize, fontWeight, color } = getComputedStyle(row.querySelector(".words"));
      const inputs = row.querySelectorAll("input").length;
      const lengths = [width, height, face.width, face.height].map((length) => length.toFixed(1));
      return [...lengths, fontSize, fontWeight, color, inputs].join(" ");
    };
    return [...document.querySelectorAll("fieldset")]
      .map((item) => [...item.querySelectorAll("label.row")].filter((row) => /^[1-5]$/.test(row.querySelector("input").value)))
      .filter((rows) => rows.length === 5 && rows[0].checkVisibility())
      .map((rows) => rows.map(look));
  });
  assert.ok(ratings.length > 0, `${name}: no rating is on the screen`);
  for (const rows of ratings) assert.equal(new Set(rows).size, 1, `${name}: ${rows.join(" | ")}`);
}
