// kiosk.test.mjs: the tablet in a hall: from its first page through the questions to the
// thanks and back; the symbol scanned and gone on with on a phone; a person who leaves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertFitsWholly, assertGood, assertLevelsAlike, sizes } from "./checks.mjs";
import { openBrowser, openService, phone, picture, scan, wechat } from "./support.mjs";

const landscape = { viewport: sizes["1280x800"], hasTouch: true };
const centre = "yueyang"; // several programmes are open there
const busy = "federation"; // four
const single = "culture-palace"; // one

let service, browser;

before(async () => {
  service = await openService();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await service?.close();
});

async function openTablet(options = {}) {
  const context = await browser.newContext({ ...landscape, baseURL: service.address, ...options });
  return context.newPage();
}

const rate = (page, item, level) => page.locator(`label.row:has(input[name=${item}][value='${level}'])`).click();
const press = (page, id) => page.locator(`#${id}`).click();

// ---- the way of an answer ----

async function answerOnTablet(page) {
  await page.goto(`/kiosk?centre=${centre}`);
  await page.click("text=为老服务及活动");
  await rate(page, "overall", 4);
  await press(page, "next");
  await press(page, "unknown");
  assert.equal(await page.getAttribute("#unknown", "aria-pressed"), "true");
  await press(page, "next");
  await press(page, "back");
  assert.equal(await page.isChecked("input[name=useful][value=unknown]"), true);
  for (let step = 0; step < 3; step++) await press(page, "next");
  await page.fill("textarea", "很好");
  await press(page, "send");
  await page.waitForURL("**/thanks?centre=yueyang");
}

test("one question a screen, and back to the first page after the thanks", async () => {
  const before = await service.received("relief");
  const page = await openTablet();
  await page.clock.install();
  await answerOnTablet(page);
  assert.equal(await service.received("relief"), before + 1);
  await page.clock.fastForward(11_000);
  await page.waitForURL("**/kiosk?centre=yueyang");
  await page.context().close();
});

test("an open question is asked for; a low rating brings the reasons", async () => {
  const page = await openTablet();
  await page.goto(`/kiosk?centre=${single}`);
  await page.click("text=点这里开始");
  await press(page, "next");
  assert.equal(await page.textContent(".current .problem"), "请点一项，点“说不清”也行。");
  await rate(page, "overall", 5);
  assert.equal(await page.locator(".current .problem").count(), 0);
  for (let step = 0; step < 4; step++) await press(page, "next");
  assert.equal(await page.isVisible("textarea"), true);
  for (let step = 0; step < 4; step++) await press(page, "back");
  await rate(page, "overall", 1);
  for (let step = 0; step < 4; step++) await press(page, "next");
  assert.equal(await page.isVisible("input[name=reasons] >> nth=0"), true);
  await page.context().close();
});

test("with scripts off the questionnaire is one page, and counts", async () => {
  const before = await service.received("relief");
  const page = await openTablet({ javaScriptEnabled: false });
  await page.goto(`/kiosk?centre=${centre}`);
  await page.click("text=为老服务及活动");
  await rate(page, "useful", 5);
  await press(page, "send");
  await page.waitForSelector("text=还有 1 题没有选");
  await rate(page, "overall", 2);
  await press(page, "send");
  await page.waitForURL("**/thanks?centre=yueyang");
  assert.equal(await service.received("relief"), before + 1);
  await press(page, "home");
  await page.waitForURL("**/kiosk?centre=yueyang");
  await page.context().close();
});

// ---- one's own phone ----

async function answerOnPhone(address, options) {
  const context = await browser.newContext({ ...phone, ...options });
  const page = await context.newPage();
  await page.goto(address);
  if (await page.locator(".choice").count()) await page.click("text=为老服务及活动");
  await rate(page, "overall", 5);
  await page.click("text=交上去");
  await page.waitForURL("**/thanks");
  await context.close();
}

const phones = { "a phone": {}, "a phone with scripts off": { javaScriptEnabled: false }, WeChat: { userAgent: wechat } };
for (const [whose, options] of Object.entries(phones))
  test(`the symbol on the screen leads ${whose} to an answer that counts once`, async () => {
    for (const [place, indicator] of [[centre, "relief"], [single, "flexible-workers"]]) {
      const tablet = await openTablet();
      await tablet.goto(`/kiosk?centre=${place}`);
      const address = await scan(tablet, `kiosk-scanned-${place}`);
      assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/T\/[0-9A-Z]{12}$/);
      const before = await service.received(indicator);
      await answerOnPhone(address, options);
      assert.equal(await service.received(indicator), before + 1);
      await tablet.context().close();
    }
  });

test("what came by the tablet, and by what it showed, is reported as such", async () => {
  const report = JSON.parse(await service.command("report", "--format", "json"));
  const relief = report.indicators.find(({ id }) => id === "relief");
  const channels = Object.fromEntries(relief.by_channel.map(({ channel, received }) => [channel, received]));
  assert.deepEqual(channels, { kiosk: 5 });
});

// ---- one code after another ----

const letters = (page) => page.textContent("#scan .letters");

test("a scanned code goes from the screen at once, and takes one answer", async () => {
  const before = await service.received("flexible-workers");
  const tablet = await openTablet();
  await tablet.goto(`/kiosk?centre=${single}`);
  const shown = await letters(tablet);
  const address = await scan(tablet, "kiosk-rotating");
  assert.equal(address.slice(-12), shown.replaceAll("-", ""));
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(address);
  await tablet.waitForFunction((was) => document.querySelector("#scan .letters").textContent !== was, shown);
  await rate(page, "overall", 5);
  await page.click("text=交上去");
  await page.waitForURL("**/thanks");
  await page.goto(address);
  await page.waitForSelector("text=这张码已经用过了");
  await page.waitForSelector("text=平板上有新码");
  assert.equal(await service.received("flexible-workers"), before + 1);

  assert.notEqual(await scan(tablet, "kiosk-rotated"), address);
  await answerOnPhone(await scan(tablet, "kiosk-rotated"), {});
  assert.equal(await service.received("flexible-workers"), before + 2);
  await context.close();
  await tablet.context().close();
});

test("the letters below the symbol open the same page when they are typed", async () => {
  const tablet = await openTablet();
  await tablet.goto(`/kiosk?centre=${single}`);
  const page = await (await browser.newContext({ ...phone, baseURL: service.address })).newPage();
  await page.goto("/");
  await page.fill("#code", (await letters(tablet)).toLowerCase());
  await page.press("#code", "Enter");
  await page.waitForSelector("#form");
  await page.context().close();
  await tablet.context().close();
});

test("two tablets of one centre show two codes, and neither ends the other's", async () => {
  const [left, right] = [await openTablet(), await openTablet()];
  const before = await service.received("flexible-workers");
  for (const tablet of [left, right]) await tablet.goto(`/kiosk?centre=${single}`);
  const codes = [await scan(left, "kiosk-left"), await scan(right, "kiosk-right")];
  assert.notEqual(...codes);
  for (const code of codes) await answerOnPhone(code, {});
  assert.equal(await service.received("flexible-workers"), before + 2);
  for (const tablet of [left, right]) await tablet.context().close();
});

test("asking whether to go on is tiny, and has no code in its address", async () => {
  const tablet = await openTablet();
  await tablet.goto(`/kiosk?centre=${single}`);
  const code = (await letters(tablet)).replaceAll("-", "");
  // A minute may end before one of two asks, and bring the next symbol; never before both.
  let sizes;
  for (let ask = 0; ask < 2 && sizes?.responseBodySize !== 0; ask++) {
    const answer = await tablet.waitForResponse(/kiosk\/symbol/);
    assert.ok(!answer.url().includes(code));
    assert.ok(!answer.url().includes("/t/"));
    assert.equal(answer.status(), 200);
    sizes = await answer.request().sizes();
  }
  assert.equal(sizes.responseBodySize, 0);
  assert.ok(sizes.responseHeadersSize < 900, `${sizes.responseHeadersSize} bytes`);
  await tablet.context().close();
});

test("without the server the symbol stays while its code is good, then goes; later it is back", async () => {
  const tablet = await openTablet();
  await tablet.clock.install();
  await tablet.goto(`/kiosk?centre=${single}`);
  const shown = await letters(tablet);
  await tablet.context().setOffline(true);
  await tablet.clock.runFor(9 * 60_000);
  assert.equal(await tablet.isVisible("#scan"), true);
  assert.equal(await letters(tablet), shown);
  assert.equal(await tablet.isVisible("text=点这里开始"), true);
  await tablet.clock.runFor(70_000);
  assert.equal(await tablet.isVisible("#scan"), false);
  await tablet.context().setOffline(false);
  await tablet.clock.runFor(4_000);
  await tablet.waitForSelector("#scan", { state: "visible" });
  await tablet.context().close();
});

test("with scripts off the page itself comes anew each minute", async () => {
  const tablet = await openTablet({ javaScriptEnabled: false });
  await tablet.goto(`/kiosk?centre=${single}`);
  assert.equal(await tablet.locator("noscript meta[http-equiv=refresh][content='60']").count(), 1);
  assert.equal(await tablet.isVisible("#scan .dashes"), false);
  await picture(tablet, "kiosk-rotating-without-scripts");
  await tablet.context().close();
});

// ---- a person who leaves ----

async function startAndLeave(page) {
  await page.clock.install();
  await page.goto(`/kiosk?centre=${centre}`);
  await page.click("text=为老服务及活动");
  await rate(page, "overall", 3);
  await page.clock.fastForward(44_000);
  assert.equal(await page.isVisible("#countdown"), false);
  await page.clock.fastForward(1_500);
  assert.equal(await page.isVisible("#countdown"), true);
  assert.equal(await page.isVisible("#form"), false);
  assert.equal(await page.textContent("#kept"), "答好的 1 题都还在。");
}

test("after 45 seconds the tablet asks; going on keeps every answer", async () => {
  const page = await openTablet();
  await startAndLeave(page);
  await page.clock.fastForward(10_000);
  assert.equal(await page.textContent("#seconds"), "5");
  await press(page, "go-on");
  assert.equal(await page.isVisible("#countdown"), false);
  assert.equal(await page.isChecked("input[name=overall][value='3']"), true);
  await page.clock.fastForward(45_500);
  await page.locator("#countdown-title").click();
  assert.equal(await page.isVisible("#countdown"), false, "any other touch goes on too");
  await page.context().close();
});

test("nobody there: 15 seconds later the page is cleared", async () => {
  const before = await service.received("relief");
  const page = await openTablet();
  await startAndLeave(page);
  await page.clock.fastForward(14_000);
  assert.match(page.url(), /\/t\//);
  await page.clock.fastForward(1_500);
  await page.waitForURL("**/kiosk?centre=yueyang");
  assert.equal(await service.received("relief"), before);
  await page.context().close();
});

test("clearing goes to the first page at once", async () => {
  const page = await openTablet();
  await startAndLeave(page);
  await press(page, "clear");
  await page.waitForURL("**/kiosk?centre=yueyang");
  await page.context().close();
});

test("the settings of one person are gone for the next", async () => {
  const page = await openTablet();
  await page.goto(`/kiosk?centre=${centre}`);
  await page.click("text=为老服务及活动");
  await page.click("text=大字");
  assert.match(await page.getAttribute("html", "class"), /large/);
  await press(page, "home");
  await page.waitForURL("**/kiosk?centre=yueyang");
  await page.click("text=为老服务及活动");
  assert.doesNotMatch(await page.getAttribute("html", "class"), /large/);
  await page.context().close();
});

// ---- every screen ----

async function eachScreen(page, query, look) {
  for (const [name, place] of Object.entries({ several: centre, four: busy, one: single })) {
    await page.goto(`/kiosk?centre=${place}${query}`);
    await look(`first-${name}`);
  }
  await page.goto(`/kiosk?centre=${centre}${query}`);
  await page.locator(".choice").nth(1).click();
  await press(page, "next");
  await look("open");
  await assertLevelsAlike(page, "tablet");
  await rate(page, "overall", 2);
  await look("rated");
  for (let step = 0; step < 5; step++) await press(page, "next");
  await look("reasons");
  await press(page, "next");
  await look("comment");
  await page.clock.fastForward(45_500);
  await look("countdown");
  await press(page, "go-on");
  await press(page, "send");
  await page.waitForURL("**/thanks?**");
  await look("thanks");
}

const tablets = ["1280x800", "800x1280"];
const views = {
  zh: { query: "", on: Object.keys(sizes) },
  en: { query: "&lang=en", on: Object.keys(sizes) },
  large: { query: "&size=large", on: tablets, least: 30 },
  contrast: { query: "&contrast=high", on: tablets },
};
for (const [view, { query, on, least = 22 }] of Object.entries(views))
  test(`every screen is good and needs no scrolling, ${view}`, async () => {
    const page = await openTablet();
    await page.clock.install();
    await eachScreen(page, query, async (name) => {
      for (const size of on) {
        await page.setViewportSize(sizes[size]);
        const full = `kiosk-${name}-${view}-${size}`;
        await assertGood(page, full, { least });
        // LOOK promises the tablet's two sizes; large letters may scroll.
        if (tablets.includes(size) && view !== "large") await assertFitsWholly(page, full);
        await picture(page, full);
      }
      await page.setViewportSize(sizes["1280x800"]);
    });
    await page.context().close();
  });
