// The static export: every link leads somewhere, from a file system, without a server.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {it} from 'node:test';

import {launch, open, run, temporaryFolder} from './harness.mjs';

const unescape = (text) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"');

it('the export has no broken link, and opens from a file system', async (test) => {
  const folder = temporaryFolder(test);
  const pathway = path.join(folder, 'pathway'), out = path.join(folder, 'out');
  run('init', pathway);
  run('site', out, '--pathway', pathway);

  const files = fs.readdirSync(out, {recursive: true}).filter((name) => fs.statSync(path.join(out, name)).isFile());
  const html = files.filter((name) => name.endsWith('.html'));
  assert.ok(html.length > 100, `only ${html.length} pages`);
  const ids = new Map();
  const idsOf = (file) => {
    if (!ids.has(file)) ids.set(file, new Set([...fs.readFileSync(file, 'utf8').matchAll(/\sid="([^"]*)"/g)].map((match) => unescape(match[1]))));
    return ids.get(file);
  };
  const broken = [];
  let links = 0;
  for (const name of html) {
    const file = path.join(out, name);
    for (const [, raw] of fs.readFileSync(file, 'utf8').matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
      const link = unescape(raw);
      if (/^(https?:|mailto:|data:)/.test(link)) continue;
      links += 1;
      const [address, anchor] = link.split('#');
      const target = address === '' ? file : path.resolve(path.dirname(file), decodeURIComponent(address.split('?')[0]));
      if (link.startsWith('/') || link.startsWith('waymark:') || !fs.existsSync(target) || !fs.statSync(target).isFile()) broken.push(`${name}: ${link}`);
      else if (anchor && !idsOf(target).has(decodeURIComponent(anchor))) broken.push(`${name}: ${link} (no such id)`);
    }
  }
  assert.ok(links > 1000);
  assert.deepEqual(broken.slice(0, 20), []);

  const browser = await launch(test);
  const page = await open(browser, pathToFileURL(path.join(out, 'index.html')).href);
  assert.deepEqual(page.problems, []);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontFamily.length > 0 && document.styleSheets.length > 0), true);
  await page.locator('a[href="levels/SSE.html"]').last().click();
  assert.match(await page.locator('h1').innerText(), /Senior/);
});

it('an export replaces an earlier export, and nothing else', async (test) => {
  const folder = temporaryFolder(test);
  const pathway = path.join(folder, 'pathway'), out = path.join(folder, 'out'), mine = path.join(folder, 'mine');
  run('init', pathway);
  run('site', out, '--pathway', pathway);
  run('site', out, '--pathway', pathway);
  fs.mkdirSync(mine);
  fs.writeFileSync(path.join(mine, 'thesis.txt'), 'years of work');
  assert.throws(() => run('site', mine, '--pathway', pathway));
  assert.equal(fs.readFileSync(path.join(mine, 'thesis.txt'), 'utf8'), 'years of work');
});
