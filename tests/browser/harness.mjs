// What the browser tests share: a served pathway of their own, Debian's Chromium, every kind of page.
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';

export const waymark = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../build/release/waymark');

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
