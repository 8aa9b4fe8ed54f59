// pages.test.mjs: every page on every size of screen, in both languages and all settings:
// accessible, legible, reachable, never wider than the screen. Pictures go to
// build/pictures/ for people to look at.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { a4, assertFitsAcross, assertGood, doubleText, sizes } from "./checks.mjs";
import { openBrowser, openService, phone, picture, scan } from "./support.mjs";

let service, browser, pages;

before(async () => {
  service = await openService();
  browser = await openBrowser();
  pages = await listPages();
});
after(async () => {
  await browser?.close();
  await service?.close();
});

async function usedSlip() {
  const slip = await service.slip("three-visits", "2026-q4");
  await fetch(service.address + slip, { method: "POST", body: new URLSearchParams({ overall: "5" }), redirect: "manual" });
  return slip;
}

// The code of a centre's own, which its tablet shows as a symbol.
async function menuPath() {
  const page = await browser.newPage({ viewport: sizes["1280x800"] });
  await page.goto(`${service.address}/kiosk?centre=yueyang`);
  const address = await scan(page, "menu-scanned");
  await page.close();
  return new URL(address).pathname;
}

const send = (page) => Promise.all([page.waitForNavigation(), page.click("main button[type=submit]")]);

// Name → how it is come to; a path, and what is done there.
async function listPages() {
  const survey = await service.poster("returned-workers", "yueyang");
  return {
    home: { path: "/" },
    mistyped: { path: "/", go: async (page) => (await page.fill("#code", "K7M4"), page.press("#code", "Enter")) },
    survey: { path: survey },
    missing: {
      path: survey,
      go: async (page) => {
        await page.check("input[name=timely][value='2']");
        await send(page);
      },
    },
    thanks: { path: "/thanks" },
    used: { path: await usedSlip() },
    unknown: { path: "/t/000000000000" },
    closed: { path: await service.poster("double-ninth", "yueyang") },
    lost: { path: "/no/such/page" },
    menu: { path: await menuPath() },
    centres: { path: "/kiosk" },
  };
}

test("a typed code is checked before the server is asked, and forgivingly", async () => {
  const page = await browser.newPage();
  const [, , code] = pages.survey.path.split("/");
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  const swapped = code.replace(/^(.*?)(.)(?!\2)(.)/, "$1$3$2");
  for (const wrong of ["", "K7M4", swapped, (code[0] === "2" ? "3" : "2") + code.slice(1)]) {
    await page.goto(`${service.address}/`);
    await page.fill("#code", wrong);
    await page.press("#code", "Enter");
    await page.locator("#mistyped").waitFor();
  }
  assert.deepEqual(sent, []);
  const groups = code.toLowerCase().replace(/0/g, "o").replace(/1/g, "l").replace(/(....)(....)/, " $1-$2 ");
  await page.fill("#code", groups);
  await page.press("#code", "Enter");
  await page.waitForURL(`**/t/${code}`);
  // In full width, as a Chinese keyboard may write; with scripts as without.
  const wide = [...code].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join("");
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, baseURL: service.address });
    const other = await context.newPage();
    await other.goto("/");
    await other.fill("#code", `${wide.slice(0, 4)}－${wide.slice(4, 8)}\u3000${wide.slice(8)}`);
    await other.press("#code", "Enter");
    await other.waitForURL(`**/t/${code}`);
    await context.close();
  }
  await page.close();
});

async function visit(page, { path, go }, query) {
  await page.goto(service.address + path + query);
  await go?.(page);
}

const languages = { zh: "", en: "?lang=en" };
for (const [language, query] of Object.entries(languages))
  test(`every page is good on every screen and in print, ${language}`, async () => {
    const context = await browser.newContext({ hasTouch: true });
    const page = await context.newPage();
    for (const [name, one] of Object.entries(pages)) {
      await visit(page, one, query);
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        await assertGood(page, `${name} ${language} ${size}`);
        await picture(page, `${name}-${language}-${size}`, { fullPage: true });
      }
      await page.setViewportSize(a4);
      await page.emulateMedia({ media: "print" });
      await assertFitsAcross(page, `${name} ${language} in print`);
      await picture(page, `${name}-${language}-print`, { fullPage: true });
      await page.emulateMedia({ media: null });
    }
    await context.close();
  });

const looks = {
  large: { query: "?size=large", least: 30 },
  "large-contrast": { query: "?size=large&contrast=high", least: 30 },
  contrast: { query: "?contrast=high&lang=en" },
  dark: { query: "", media: { colorScheme: "dark" } },
  "dark-contrast": { query: "?contrast=high", media: { colorScheme: "dark" } },
  "more-contrast": { query: "", media: { contrast: "more" } },
};
for (const [look, { query, least, media }] of Object.entries(looks))
  test(`every page is good with ${look}`, async () => {
    const context = await browser.newContext({ ...phone, ...media });
    const page = await context.newPage();
    for (const [name, one] of Object.entries(pages)) {
      await visit(page, one, query);
      const row = page.locator("label.row").nth(1);
      if (await row.count()) await row.click();
      await assertGood(page, `${name} ${look}`, { least });
      await picture(page, `${name}-${look}`, { fullPage: true });
    }
    await context.close();
  });

test("no page is wider than a narrow phone, nor with the phone's text at 200 %", async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  for (const [name, one] of Object.entries(pages))
    for (const query of ["", "?lang=en", "?size=large", "?size=large&lang=en"]) {
      await page.setViewportSize({ width: 320, height: 640 });
      await visit(page, one, query);
      await assertFitsAcross(page, `${name}${query} at 320`);
      await doubleText(page);
      if (!query.includes("large")) await assertFitsAcross(page, `${name}${query} at 320, 200 %`);
      await page.setViewportSize({ width: 390, height: 640 });
      await assertFitsAcross(page, `${name}${query} at 390, 200 %`);
    }
  await page.close();
});
