// answers.test.mjs: people answer on a phone: with scripts and without, in WeChat, twice,
// and back again. Each journey ends at what the report counts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openService, phone, wechat } from "./support.mjs";

let service, browser, survey;
const programme = "elder-service"; // counts for this indicator:
const indicator = "relief";

before(async () => {
  service = await openService();
  browser = await openBrowser();
  survey = service.address + (await service.poster(programme, "yueyang"));
});
after(async () => {
  await browser?.close();
  await service?.close();
});

// Opens a page on a phone, lets the person act, tells by how much the count grew.
async function countedBy(act, options = {}) {
  const before = await service.received(indicator);
  const context = await browser.newContext({ ...phone, ...options });
  await act(await context.newPage());
  await context.close();
  return (await service.received(indicator)) - before;
}

const rate = (page, item, level) => page.locator(`label.row:has(input[name=${item}][value='${level}'])`).click();

async function answer(page) {
  await page.goto(survey);
  await rate(page, "overall", 2);
  await page.locator("label.row:has(input[value=waiting])").click();
  await page.fill("textarea", "等了半天 <b>&\u{1F600}");
  await page.click("text=交上去");
  await page.waitForURL("**/thanks*");
  assert.match(await page.textContent("main"), /谢谢您！/);
}

test("an answer on a phone counts once", async () => {
  assert.equal(await countedBy(answer), 1);
});

test("an answer with scripts off counts once", async () => {
  assert.equal(await countedBy(answer, { javaScriptEnabled: false }), 1);
});

test("an answer in WeChat counts once", async () => {
  assert.equal(await countedBy(answer, { userAgent: wechat }), 1);
});

test("a double tap on the button counts once", async () => {
  const counted = await countedBy(async (page) => {
    await page.goto(survey);
    await rate(page, "overall", 5);
    await page.locator("text=交上去").dblclick();
    await page.waitForURL("**/thanks*");
  });
  assert.equal(counted, 1);
});

test("Back after the thanks shows an empty form, and counts nothing", async () => {
  const counted = await countedBy(async (page) => {
    await page.goto(survey);
    await rate(page, "overall", 5);
    const id = () => page.inputValue("input[name=submission]");
    const sent = await id();
    await page.click("text=交上去");
    await page.waitForURL("**/thanks*");
    await page.goBack();
    await page.waitForSelector("fieldset");
    assert.equal(await page.locator("input:checked").count(), 0);
    assert.notEqual(await id(), sent);
  });
  assert.equal(counted, 1);
});

test("a slip that is spent says so after Back", async () => {
  const slip = service.address + (await service.slip("three-visits", "2026-q4"));
  const counted = await countedBy(async (page) => {
    await page.goto(slip);
    await rate(page, "overall", 5);
    await page.click("text=交上去");
    await page.waitForURL("**/thanks*");
    await page.goBack();
    await page.waitForSelector("text=这张码已经用过了");
  });
  assert.equal(counted, 1);
});

test("an open question is led to; the others are folded and can be changed", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const counted = await countedBy(
      async (page) => {
        await page.goto(survey);
        await rate(page, "useful", 4);
        await page.click("text=交上去");
        await page.waitForSelector("text=还有 1 题没有选");
        await page.click("text=去看第 1 题");
        assert.match(page.url(), /#q-overall$/);
        assert.equal(await page.isVisible("input[name=useful][value='1']"), false);
        await page.click("text=改一改");
        await rate(page, "useful", 1);
        await rate(page, "overall", 5);
        await page.click("text=交上去");
        await page.waitForURL("**/thanks*");
      },
      { javaScriptEnabled },
    );
    assert.equal(counted, 1);
  }
});

test("large letters come in place, keep what was filled in, and are remembered", async () => {
  await countedBy(async (page) => {
    await page.goto(survey);
    await rate(page, "overall", 4);
    await page.click("text=大字");
    assert.equal(await page.isChecked("input[name=overall][value='4']"), true);
    assert.match(page.url(), /size=large/);
    await page.click("text=高对比");
    assert.equal(await page.isChecked("input[name=overall][value='4']"), true);
    await page.goto(survey);
    assert.equal(await page.getAttribute("html", "class"), "large contrast");
    await page.click("text=原大小");
    await page.click("text=原颜色");
    await page.goto(survey);
    assert.equal(await page.getAttribute("html", "class"), "");
  });
});

test("large letters come with scripts off and last to the thanks", async () => {
  const counted = await countedBy(
    async (page) => {
      await page.goto(survey);
      await page.click("text=大字");
      await page.click("text=高对比");
      await page.click("header ~ main >> text=English");
      await page.locator("label.row:has(input[name=overall][value='unknown'])").click();
      await page.click("text=Send");
      await page.waitForURL("**/thanks*");
      assert.equal(await page.getAttribute("html", "class"), "large contrast");
      assert.equal(await page.getAttribute("html", "lang"), "en");
    },
    { javaScriptEnabled: false },
  );
  assert.equal(counted, 1);
});

// A voice of the tests' own: the browser here has none.
const voices = (lang) => {
  const spoken = (window.spoken = []);
  const speech = {
    speaking: false,
    getVoices: () => [{ lang }],
    speak({ text }) {
      speech.speaking = true;
      spoken.push(text);
    },
    cancel() {
      speech.speaking = false;
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) {
    this.text = text;
  };
};

test("reading aloud is offered where a voice speaks the page's language", async () => {
  await countedBy(async (page) => {
    await page.goto(survey);
    assert.equal(await page.isVisible("#speak"), false);
    await page.addInitScript(voices, "zh-CN");
    await page.goto(survey);
    await page.click("#speak");
    assert.ok((await page.evaluate(() => window.spoken)).includes("非常不满意"));
    assert.equal(await page.textContent("#speak >> .on"), "停下");
    await page.click("#speak");
    assert.equal(await page.getAttribute("#speak", "aria-pressed"), "false");
    await page.goto(`${survey}?lang=en`);
    assert.equal(await page.isVisible("#speak"), false);
  });
});
