// support.mjs: a browser, and the program serving a store of its own, for one test file.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url).pathname;
export const manyi = process.env.MANYI ?? join(root, "build/dev/manyi");
const pictures = process.env.PICTURES ?? join(root, "build/pictures");
export const today = "2026-11-22";

const environment = (day) => ({ ...process.env, MANYI_TODAY: day, LC_ALL: "C.UTF-8" });

// Starts `manyi serve` and waits until it has printed a line that matches last. Gives what
// it printed, its address, and how to end it.
async function serve(args, env, last) {
  const child = spawn(manyi, ["serve", ...args, "--listen", "127.0.0.1:0"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const printed = [];
  await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("manyi serve ended before it was ready")));
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      if (last.test(line)) resolve();
    });
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return {
    printed,
    address: printed.join("\n").match(/http:\/\/[0-9.:]+/)[0],
    end: async () => (child.kill("SIGTERM"), ended),
  };
}

// The program's commands speak to this store, its pages at address.
export async function openService() {
  const folder = await mkdtemp(join(tmpdir(), "manyi-browser-"));
  const store = join(folder, "store");
  const env = environment(today);
  const command = async (name, ...rest) =>
    (await run(manyi, [...name.split(" "), "--store", store, ...rest], { env })).stdout;
  await command("plan apply", join(root, "deploy/plan-2026.yaml"));
  const { address, end } = await serve(["--store", store], env, /ready at/);
  return {
    address,
    store,
    command,
    // The poster's path of a programme at a centre.
    async poster(programme, centre) {
      const rows = (await command("links")).split(/\r?\n/).map((row) => row.split(","));
      const row = rows.find(([one, , two]) => one === programme && two === centre);
      return new URL(row.at(-1)).pathname;
    },
    // The path of a one-time code.
    async slip(programme, wave) {
      const rows = await command("codes", "--programme", programme, "--wave", wave, "--count", "1");
      return new URL(rows.trim().split(/\r?\n/).at(-1).split(",").at(-1)).pathname;
    },
    async received(indicator) {
      const report = JSON.parse(await command("report", "--format", "json"));
      return report.indicators.find(({ id }) => id === indicator).received;
    },
    async close() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// The demonstration, with the paths that it prints.
export async function openDemo() {
  const env = environment(today);
  delete env.MANYI_TODAY;
  const { printed, address, end } = await serve(["--demo"], env, /calendar is set/);
  const path = (label) => new URL(printed.find((line) => line.includes(label)).match(/http\S+/)[0]).pathname;
  return { address, survey: path("Phone page"), kiosk: path("Kiosk"), signIn: path("Managers"), close: end };
}

export const password = "a short sentence";

// Uses the link of the first start: from then on the context belongs to an operator.
export async function signIn(context, demo) {
  const page = await context.newPage();
  await page.goto(demo.signIn);
  await page.fill("input[name=name]", "王敏");
  for (const field of await page.locator("input[type=password]").all()) await field.fill(password);
  await page.click("main button[type=submit]");
  await page.waitForURL("**/reports");
  await page.close();
}

export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
export const wechat =
  "Mozilla/5.0 (Linux; Android 12; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Version/4.0 Chrome/86.0.4240.99 XWEB/4375 MMWEBSDK/20221011 Mobile Safari/537.36 " +
  "MicroMessenger/8.0.30.2260(0x28001E3B) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64";

export const openBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--hide-scrollbars",
    ],
  });

// A picture for people to look at, in build/pictures/.
export async function picture(page, name, options = {}) {
  await mkdir(pictures, { recursive: true });
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path, animations: "disabled", ...options });
  return path;
}

// The address in the only symbol on the screen.
export async function scan(page, name) {
  const path = await picture(page, name);
  const { stdout } = await run("zbarimg", ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", path]);
  return stdout.trim();
}
