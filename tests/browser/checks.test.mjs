// checks.test.mjs: a check that can't fail checks nothing: each must catch a page that is
// spoilt in its way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, assertFitsAcross, assertFitsWholly, assertLegible, assertReachable } from "./checks.mjs";
import { openBrowser } from "./support.mjs";

let browser, page;

before(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
});
after(() => browser?.close());

const good = "<!doctype html><html lang=en><title>t</title><main><h1 style='font-size:30px'>h</h1></main>";
const spoilt = [
  [assertAccessible, "<p style='color:#aaa'>grey</p>"],
  [assertAccessible, "<input>"],
  [assertFitsAcross, "<div style='width:400px'>wide</div>"],
  [assertFitsWholly, "<div style='height:900px'>tall</div>"],
  [assertLegible, "<p style='font-size:17px'>small</p>"],
  [assertReachable, "<button style='height:59px'>low</button>"],
];

test("a good page passes every check, a spoilt one fails its own", async () => {
  for (const [check, markup] of spoilt) {
    await page.setContent(good);
    await check(page, "good", 18);
    await page.setContent(good + markup);
    await assert.rejects(check(page, "spoilt", 18), `${check.name}: ${markup}`);
  }
});
