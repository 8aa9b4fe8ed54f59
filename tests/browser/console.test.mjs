// console.test.mjs: what managers see, over the demonstration: the door, the reports, the
// staff, on every size of screen, in both languages and in print; and that an answer shows
// in the report at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { a4, assertAccessible, assertFitsAcross, assertLegible, assertReachable, doubleText, sizes } from "./checks.mjs";
import { openBrowser, openDemo, password, phone, picture, scan, signIn, wechat } from "./support.mjs";

const least = 16; // pixels of text on a desk

let demo, browser, manager;

before(async () => {
  demo = await openDemo();
  browser = await openBrowser();
  manager = await browser.newContext({ baseURL: demo.address });
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

async function assertGood(page, name) {
  await assertFitsAcross(page, name);
  await assertLegible(page, name, least);
  await assertAccessible(page, name);
}

const languages = { zh: "", en: "?lang=en" };

async function onEverySize(page, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await assertGood(page, `${name} ${size}`);
    await picture(page, `${name}-${size}`, { fullPage: true });
  }
}

// ---- the door ----

test("the link of the first start is good in both languages and opens the console", async () => {
  const page = await manager.newPage();
  for (const [language, query] of Object.entries(languages)) {
    await page.goto(demo.signIn + query);
    await onEverySize(page, `first-link-${language}`);
    await assertReachable(page, `first-link-${language}`);
  }
  await page.close();
  await signIn(manager, demo);
});

test("the door is good in both languages", async () => {
  const context = await browser.newContext({ baseURL: demo.address });
  const page = await context.newPage();
  for (const [language, query] of Object.entries(languages)) {
    await page.goto(`/signin${query}`);
    await onEverySize(page, `signin-${language}`);
    await assertReachable(page, `signin-${language}`);
    await page.fill("input[name=name]", "王敏");
    await page.fill("input[name=password]", "not the password");
    await page.click("main button[type=submit]");
    await page.waitForSelector(".notice");
    await onEverySize(page, `signin-wrong-${language}`);
  }
  await context.close();
});

// ---- the pages ----

const pages = {
  reports: "/reports",
  relief: "/reports/relief",
  "flexible-workers": "/reports/flexible-workers",
  grassroots: "/reports/grassroots",
  appraisal: "/reports/staff-appraisal",
  codes: "/codes",
  "codes-wave": "/codes/three-visits?wave=2026-q4",
  publish: "/publish",
  comments: "/comments",
  "comments-shown": "/comments?programme=three-visits&wave=2026-q1&state=shown",
  flags: "/flags",
  operators: "/operators",
  selftest: "/selftest",
};
for (const [name, path] of Object.entries(pages))
  test(`${name} is good on every screen, in both languages and in print`, async () => {
    const page = await manager.newPage();
    for (const [language, query] of Object.entries(languages)) {
      const answer = await page.goto(path.includes("?") ? path + query.replace("?", "&") : path + query);
      assert.equal(answer.status(), 200, path);
      await onEverySize(page, `${name}-${language}`);
      await page.setViewportSize(a4);
      await page.emulateMedia({ media: "print" });
      await assertFitsAcross(page, `${name} ${language} in print`);
      await picture(page, `${name}-${language}-print`, { fullPage: true });
      await page.emulateMedia({ media: null });
      await page.setViewportSize(sizes[390]);
      await doubleText(page);
      await assertFitsAcross(page, `${name} ${language} at 200 % text`);
      await picture(page, `${name}-${language}-200`, { fullPage: true });
    }
    await page.close();
  });

test("the server has tried itself since it was started: five ticks, and again at a press", async () => {
  const page = await manager.newPage();
  await page.goto("/selftest");
  assert.equal(await page.locator(".state.active").count(), 5);
  await page.waitForSelector("text=五档都一样收到了。");
  await page.click("text=现在试一次");
  await page.waitForURL("**/selftest");
  assert.equal(await page.locator(".state.active").count(), 5);
  await page.close();
});

test("every page of the console says that the data are made up", async () => {
  const page = await manager.newPage();
  for (const path of Object.values(pages)) {
    await page.goto(path);
    assert.match(await page.textContent("body"), /演示数据 · Demo data/);
  }
  await page.close();
});

test("who is not signed in is led to the door, and back to where they wanted to go", async () => {
  const context = await browser.newContext({ baseURL: demo.address });
  const page = await context.newPage();
  await page.goto("/reports/relief?lang=en");
  assert.match(page.url(), /\/signin\?/);
  await page.fill("input[name=name]", "王敏");
  await page.fill("input[name=password]", password);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/reports/relief?lang=en");
  await context.close();
});

// ---- from the hall to the report ----

// The number of answers that the page of an indicator shows as received.
async function receivedOnPage(page, indicator) {
  await page.goto(`/reports/${indicator}?lang=en`);
  const fact = page.locator("dt:text-is('received') + dd, dt:text-is('Received') + dd").first();
  return Number((await fact.textContent()).replaceAll(",", ""));
}

const phones = { "a phone": {}, "a phone with scripts off": { javaScriptEnabled: false }, WeChat: { userAgent: wechat } };
for (const [whose, options] of Object.entries(phones))
  test(`the kiosk's symbol, scanned by ${whose}: the report has received exactly one more`, async () => {
    const report = await manager.newPage();
    const before = await receivedOnPage(report, "relief");
    const hall = await browser.newContext({ viewport: sizes["1280x800"], hasTouch: true, baseURL: demo.address });
    const kiosk = await hall.newPage();
    await kiosk.goto("/kiosk");
    await kiosk.click("text=岳阳街道");
    const address = await scan(kiosk, "journey-kiosk");
    const pocket = await browser.newContext({ ...phone, ...options });
    const page = await pocket.newPage();
    await page.goto(address);
    await page.click("text=为老服务及活动");
    await page.locator("label.row:has(input[name=overall][value='4'])").click();
    await page.click("text=交上去");
    await page.waitForURL("**/thanks");
    assert.equal(await receivedOnPage(report, "relief"), before + 1);
    await Promise.all([pocket.close(), hall.close(), report.close()]);
  });

// ---- what people wrote ----

test("a comment that is read with one tap shows in the report, and one that is taken back does not", async () => {
  const page = await manager.newPage();
  const report = await manager.newPage();
  const shows = async (words) => (await (await report.goto("/reports/flexible-workers"), report.textContent(".voices"))).includes(words);
  await page.goto("/comments?programme=flexible-workers-service&wave=2026-q4");
  const remark = page.locator(".remark").first();
  const words = (await remark.locator(".said").textContent()).trim();
  const others = await page.locator(".remark").count();
  assert.equal(await shows(words), false);
  await remark.locator("text=可以公开").click();
  await page.waitForLoadState();
  assert.equal(await page.locator(".remark").count(), others - 1);
  assert.equal(await shows(words), true);
  await page.click(".states >> text=可以公开");
  await page.locator(".remark").filter({ hasText: words }).locator("text=收回这个决定").click();
  await page.waitForLoadState();
  assert.equal(await shows(words), false);
  await Promise.all([page.close(), report.close()]);
});

test("no comment breaks a page, however it is written", async () => {
  const evil = [
    "W".repeat(200),
    "长".repeat(200),
    "a\u0300\u0301\u0302\u0303\u0304".repeat(30),
    "👍🏽👨‍👩‍👧‍👦🇨🇳".repeat(12),
    "שלום עולם, مرحبا بالعالم (1) [2]",
    "</p></article><script>document.title='evil'</script>&lt;b&gt;",
    "=HYPERLINK(\"http://example.com\")",
    "一\n二\n\n\n三",
    "-",
    "{{1}} %s %n \\0",
  ];
  const page = await manager.newPage();
  for (const comment of evil) {
    const answer = await page.request.post(demo.survey, { form: { overall: "5", comment }, maxRedirects: 0 });
    assert.equal(answer.status(), 303, comment);
  }
  await page.goto("/comments?programme=elder-service&wave=2026-all-year");
  const waiting = Number(await page.locator(".states [aria-current] .number").textContent());
  assert.ok(waiting >= evil.length);
  await onEverySize(page, "comments-evil-zh");
  await page.setViewportSize(sizes["1280x800"]);
  for (let left = waiting; left > 0; left--) {
    await page.locator(".remark >> text=可以公开").first().click();
    await page.waitForLoadState();
  }
  assert.equal(await page.locator(".remark").count(), 0);
  await page.goto("/reports/relief");
  assert.notEqual(await page.title(), "evil");
  await onEverySize(page, "relief-evil-zh");
  await page.setViewportSize(sizes[390]);
  await doubleText(page);
  await assertFitsAcross(page, "relief with evil comments at 200 % text");
  for (const format of ["pdf", "xlsx", "json", "csv"]) assert.equal((await page.request.get(`/reports.${format}`)).status(), 200, format);
  await page.close();
});

test("a comment that somebody else has decided about meanwhile is left as it is, in kind words", async () => {
  const page = await manager.newPage();
  const colleague = await manager.newPage();
  const path = "/comments?programme=flexible-workers-service&wave=2026-q4";
  for (const both of [page, colleague]) await both.goto(path);
  await colleague.locator(".remark").last().locator("text=没有内容").click();
  await colleague.waitForLoadState();
  await page.locator(".remark").last().locator("text=可以公开").click();
  await page.waitForSelector(".notice.error");
  await onEverySize(page, "comments-late-zh");
  await Promise.all([page.close(), colleague.close()]);
});
