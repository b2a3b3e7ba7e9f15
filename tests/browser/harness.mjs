// What the browser tests share: a served pathway of their own, Debian's Chromium, every kind of page.
import {spawn, spawnSync} from 'node:child_process';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';

export const waymark = process.env.WAYMARK ?? path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../build/release/waymark');

/** One address for every kind of page that people meet. */
export const pages = {
  landscape: '/',
  level: '/levels/SSE',
  'leadership level': '/levels/TTL',
  'dormant level': '/levels/STAFF',
  'level in an archetype': '/archetypes/platform/SSE',
  difference: '/from/SSE/to/LSE',
  'difference across tracks': '/from/EM/to/LSE',
  'places in reach': '/from/SSE',
  'two places to choose': '/compare',
  fork: '/fork',
  capabilities: '/capabilities',
  capability: '/capabilities/design',
  archetypes: '/archetypes',
  archetype: '/archetypes/platform',
  'search, empty': '/search',
  search: '/search?q=design+review',
  'search without a result': '/search?q=zzzzz',
  citation: '/cite/SSE.drives-design',
  contents: '/contents',
  about: '/about',
  'a framework to bring': '/import',
  'what lint found': '/lint',
  'a rule of lint': '/lint/vague-criterion',
  'not found': '/levels/NOPE',
};

export function temporaryFolder(test) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-browser-'));
  test.after(() => fs.rmSync(folder, {recursive: true, force: true}));
  return folder;
}

export function run(...args) {
  const result = spawnSync(waymark, args, {encoding: 'utf8'});
  if (result.status !== 0) throw new Error(`waymark ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

/** Serves `folder` (the starter when absent) on a free port until the test ends; with `accounts`, a folder, people sign in and the store lies there. */
export async function serve(test, {folder, options = [], environment = {}, accounts = false} = {}) {
  if (!folder) {
    folder = path.join(temporaryFolder(test), 'pathway');
    run('init', folder);
  }
  const words = ['serve', '--pathway', path.resolve(folder), '--listen', '127.0.0.1:0', ...(accounts ? [] : ['--without-accounts']), ...options];
  const child = spawn(waymark, words, {stdio: ['ignore', 'pipe', 'pipe'], cwd: accounts || undefined, env: {...process.env, ...environment}});
  let output = '';
  const url = await new Promise((resolve, reject) => {
    const look = (chunk) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('exit', (code) => reject(new Error(`waymark serve ended with ${code}: ${output}`)));
  });
  test.after(() => child.kill('SIGTERM'));
  return {url, folder, child, output: () => output};
}

export async function launch(test) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  test.after(() => browser.close());
  return browser;
}

/** A page that fails the test on any message a developer would see in the console. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.problems.push(message.text()));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  await page.goto(address);
  // A 404 is reported by the browser itself; that page is meant to be one.
  page.problems = page.problems.filter((problem) => !/status of 404/.test(problem));
  return page;
}

/** The starter, served, and a browser, for all tests of one suite. Called inside describe(); what it returns is filled before the first test. */
export function servedStarter() {
  const ends = [], shared = {};
  const scope = {after: (end) => ends.push(end)};
  before(async () => {
    shared.site = await serve(scope);
    shared.browser = await launch(scope);
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return shared;
}

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe has against the page, a line each. */
export async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run(document, {runOnly: {type: 'tag', values: tags}}), standards);
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
}

/** Where SCREENSHOTS names a folder, what a person sees goes there. */
async function picture(page, name) {
  if (!process.env.SCREENSHOTS) return;
  fs.mkdirSync(process.env.SCREENSHOTS, {recursive: true});
  for (const width of [1280, 390]) {
    await page.setViewportSize({width, height: width === 390 ? 844 : 900});
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
      await page.screenshot({path: path.join(process.env.SCREENSHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true});
    }
  }
  await page.setViewportSize({width: 1280, height: 900});
  await page.emulateMedia({colorScheme: null});
}

/** What must hold on every page: nothing for axe to find and no wider than the window, on a desk and on a phone, in the light and in the dark. */
export async function sound(page, name) {
  await picture(page, name);
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await page.setViewportSize({width, height});
    const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= shown, `${name} is ${wide} pixels wide where ${shown} are shown`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({colorScheme, reducedMotion: 'reduce'});
      assert.deepEqual(await violations(page), [], `${name}, ${width}, ${colorScheme}`);
    }
  }
  await page.emulateMedia({colorScheme: null});
  await page.setViewportSize({width: 1280, height: 900});
}

/** The first account of a site that has just been set up, in a page that stays signed in to it. */
export async function setUp(browser, site, {name = 'Ada Byron', email = 'ada@example.org', password = 'a brook under the old bridge'} = {}) {
  const page = await open(browser, /http:\S+set-up\?token=\S+/.exec(site.output())[0]);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', {name: 'Open the first account'}).click();
  await page.getByRole('heading', {name: 'Your account', exact: true}).waitFor();
  return page;
}

/** As an administrator on `page`; answers the invitation. */
export async function openAccount(page, site, {name, email, role = 'engineer'}) {
  await page.goto(`${site.url}/accounts/new`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Role').selectOption(role);
  await page.getByRole('button', {name: 'Open the account'}).click();
  await page.getByRole('heading', {name: 'The invitation'}).waitFor();
  return page.locator('.shown-once code').first().innerText();
}

/** Sets the password of an invitation and signs in with it, in a browser of their own. */
export async function join(browser, site, link, {email, password = 'a brook under the old bridge'}) {
  const page = await open(browser, link);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', {name: 'Set the password'}).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', {name: 'Sign in'}).click();
  await page.waitForURL(`${site.url}/`);
  return page;
}
