// What a person does with the pages: walk the landscape, read, compare, cite, search; with keys, without script, while the folder is edited.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, it} from 'node:test';

import {open, serve, servedStarter} from './harness.mjs';

describe('reading the pathway', () => {
  const shared = servedStarter();
  const visit = (address, options) => open(shared.browser, shared.site.url + address, options);
  const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.tagName);

  it('the landscape is walked with arrow keys and opened with Enter', async () => {
    const page = await visit('/');
    await page.locator('svg a[href="/levels/GE"]:visible').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), '/levels/JSE');
    for (let i = 0; i < 2; ++i) await page.keyboard.press('ArrowRight');
    assert.equal(await focused(page), '/levels/SSE');
    const branches = new Set();
    for (const key of ['ArrowUp', 'ArrowDown']) {
      await page.locator('svg a[href="/levels/SSE"]:visible').focus();
      await page.keyboard.press(key);
      branches.add(await focused(page));
    }
    assert.deepEqual([...branches].sort(), ['/levels/LSE', '/levels/TTL']);
    await page.locator('svg a[href="/levels/JSE"]:visible').focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(page), '/levels/GE');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/levels/GE');
  });

  it('every place of the landscape is reached by Tab alone', async () => {
    const page = await visit('/', {javaScriptEnabled: false});
    const seen = new Set();
    for (let i = 0; i < 80; ++i) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate(() => document.activeElement.getAttribute('href')).catch(() => null));
    }
    for (const id of ['GE', 'JSE', 'ISE', 'SSE', 'LSE', 'STAFF', 'PRINCIPAL', 'DISTINGUISHED', 'TTL', 'EM', 'HOE']) {
      assert.ok(seen.has(`/levels/${id}`), `${id} is not reached`);
    }
  });

  it('both tracks have the same weight: marks of one size, names of one size', async () => {
    const page = await visit('/');
    const size = async (id) => page.locator(`svg a[href="/levels/${id}"]:visible`).evaluate((link) => {
      const text = link.querySelector('text');
      return getComputedStyle(text).fontSize + ' ' + getComputedStyle(text).fontWeight;
    });
    assert.equal(await size('LSE'), await size('EM'));
    assert.equal(await size('LSE'), await size('TTL'));
  });

  it('"/" goes to the search field, and the answer names the passage', async () => {
    const page = await visit('/levels/SSE');
    await page.keyboard.press('/');
    await page.keyboard.type('decision record');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=decision+record');
    assert.match(await page.locator('main').innerText(), /SSE\.decision-record/);
    assert.ok((await page.locator('main mark').count()) > 0);
  });

  it('search works without JavaScript', async () => {
    const page = await visit('/search', {javaScriptEnabled: false});
    await page.locator('main input[name=q], input[name=q]').first().fill('mentor');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=mentor');
    assert.match(await page.locator('main').innerText(), /mentor/i);
  });

  it('two places are compared by a form, without JavaScript', async () => {
    const page = await visit('/compare', {javaScriptEnabled: false});
    const form = page.locator('form[action="/compare"]').first();
    await form.locator('select[name=from]').selectOption('TTL');
    await form.locator('select[name=to]').selectOption('EM');
    await form.locator('button').click();
    await page.waitForURL('**/from/TTL/to/EM');
  });

  it('one key copies the citation of the paragraph that is pointed at', async () => {
    const page = await visit('/levels/SSE#drives-design');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], {origin: shared.site.url});
    await page.keyboard.press('c');
    await page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.includes('SSE.drives-design')));
  });

  it('every paragraph and criterion has a permalink that leads to itself', async () => {
    const page = await visit('/levels/SSE');
    const links = await page.locator('main a[href^="#"]').evaluateAll((found) => found.map((link) => link.getAttribute('href')));
    assert.ok(links.length > 20, `only ${links.length}`);
    for (const link of links) assert.equal(await page.locator(`[id="${link.slice(1)}"]`).count(), 1, link);
  });

  it('in an archetype the page shows its examples, and the switch keeps the place', async () => {
    const page = await visit('/levels/SSE', {javaScriptEnabled: false});
    await page.locator('a[href="/archetypes/platform/SSE"]').first().click();
    await page.waitForURL('**/archetypes/platform/SSE');
    assert.match(await page.locator('main').innerText(), /Platform/);
    await page.locator('a[href="/archetypes/data/SSE"]').first().click();
    await page.waitForURL('**/archetypes/data/SSE');
  });

  it('the next place is one step from the landscape', async () => {
    const page = await visit('/', {javaScriptEnabled: false});
    assert.ok((await page.locator('main a[href="/levels/LSE"]:visible').count()) > 0);
  });

  it('the fork preselects nothing', async () => {
    const page = await visit('/fork');
    assert.equal(await page.locator('main input:checked, main option[selected], main [aria-current=true]').count(), 0);
    for (const way of ['LSE', 'TTL', 'stay']) assert.equal(await page.locator(`[id="${way}"]`).count(), 1);
  });

  it('the theme is switched by hand and stays', async () => {
    const page = await visit('/levels/SSE', {colorScheme: 'light'});
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByLabel('dark').check();
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await ground(), dark);
  });
});

describe('while the folder is edited', () => {
  it('the page follows an edit; a broken one keeps the last good page and says so', async (test) => {
    const site = await serve(test, {options: ['--watch']});
    const file = path.join(site.folder, 'levels', 'SSE.md');
    const original = fs.readFileSync(file, 'utf8');
    const until = async (what, look, pattern) => {
      for (let i = 0; i < 600; ++i) {
        const text = await look();
        if (pattern.test(text)) return text;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.fail(`${what} never said ${pattern}`);
    };
    const page = async () => (await fetch(site.url + '/levels/SSE')).text();
    fs.writeFileSync(file, original.replace('## Autonomy', '## Autonomy\n\nA wandering lighthouse.'));
    await until('the page', page, /wandering lighthouse/);
    fs.writeFileSync(file, original.replace(/^id: SSE$/m, 'id: [SSE'));
    const kept = await until('the page', page, /levels\/SSE\.md:\d+:\d+/);
    assert.match(kept, /wandering lighthouse/);
    await until('the log', async () => site.output(), /levels\/SSE\.md:\d+:\d+/);
    fs.writeFileSync(file, original);
    await until('the page', page, /^(?![\s\S]*levels\/SSE\.md:\d)[\s\S]*$/);
  });
});
