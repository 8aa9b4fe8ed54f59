// readme.test.mjs: the pictures of the READMEs are made here, of the demonstration, and
// must still show what the pages look like. MANYI_GOLDEN=write makes them anew.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser, openDemo, phone, signIn } from "./support.mjs";

const folder = new URL("../../pictures/", import.meta.url);
const differing = 0.01; // share of pixels: letters may be drawn a little differently

let demo, browser, manager;

before(async () => {
  demo = await openDemo();
  browser = await openBrowser();
  manager = await browser.newContext({ baseURL: demo.address, viewport: { width: 1280, height: 1000 }, deviceScaleFactor: 1.5 });
  await signIn(manager, demo);
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

// Tells in the browser, which reads PNG, what share of pixels two pictures have unlike.
async function shareUnlike(one, other) {
  const page = await browser.newPage();
  const share = await page.evaluate(
    async (sources) => {
      const [a, b] = await Promise.all(
        sources.map(async (source) => {
          const image = await createImageBitmap(await (await fetch(source)).blob());
          const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
          canvas.drawImage(image, 0, 0);
          return canvas.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (a.width !== b.width || a.height !== b.height) return 1;
      let unlike = 0;
      for (let at = 0; at < a.data.length; at += 4)
        if ([0, 1, 2].some((part) => Math.abs(a.data[at + part] - b.data[at + part]) > 48)) unlike++;
      return unlike / (a.data.length / 4);
    },
    [one, other].map((png) => `data:image/png;base64,${png.toString("base64")}`),
  );
  await page.close();
  return share;
}

async function assertShown(name, png) {
  const file = new URL(`${name}.png`, folder);
  if (process.env.MANYI_GOLDEN === "write") {
    await mkdir(folder, { recursive: true });
    await writeFile(file, png);
  }
  const share = await shareUnlike(png, await readFile(file));
  assert.ok(share <= differing, `pictures/${name}.png is stale (${share}): MANYI_GOLDEN=write ./run test -R browser.readme`);
}

const languages = { zh: "", en: "?lang=en" };
for (const [language, query] of Object.entries(languages)) {
  test(`the picture of the report is of today's page, ${language}`, async () => {
    const page = await manager.newPage();
    await page.goto(`/reports${query}`);
    await assertShown(`report-${language}`, await page.screenshot({ animations: "disabled" }));
    await page.close();
  });

  test(`the picture of the phone page is of today's page, ${language}`, async () => {
    const context = await browser.newContext({ ...phone, baseURL: demo.address });
    const page = await context.newPage();
    await page.goto(demo.survey + query);
    await page.locator("label.row:has(input[name=overall][value='4'])").click();
    await assertShown(`phone-${language}`, await page.screenshot({ animations: "disabled" }));
    await context.close();
  });
}

test("a picture of another page is found stale", async () => {
  const page = await manager.newPage();
  await page.goto("/reports");
  const one = await page.screenshot({ animations: "disabled" });
  await page.goto("/reports/relief");
  assert.ok((await shareUnlike(one, await page.screenshot({ animations: "disabled" }))) > 2 * differing);
  await page.close();
});
