import assert from 'node:assert/strict';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';

import {open, pages, servedStarter} from './harness.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe is brought in past the page's own content policy, which allows no foreign script. */
async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run(document, {runOnly: {type: 'tag', values: tags}}), standards);
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
}

describe('every kind of page', () => {
  const shared = servedStarter();

  for (const [kind, address] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark']) {
      it(`${kind}, ${colorScheme}: axe finds nothing, the console is silent`, async () => {
        const page = await open(shared.browser, shared.site.url + address, {colorScheme, bypassCSP: true});
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(page.problems, []);
        await page.context().close();
      });
    }

    it(`${kind}: at 390 pixels nothing runs off the side, and axe finds nothing`, async () => {
      const page = await open(shared.browser, shared.site.url + address, {viewport: {width: 390, height: 844}, bypassCSP: true});
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      assert.ok(width <= 390, `the page is ${width} pixels wide`);
      assert.deepEqual(await violations(page), []);
      await page.context().close();
    });

    it(`${kind}: the content policy stops nothing of ours`, async () => {
      const page = await open(shared.browser, shared.site.url + address);
      assert.deepEqual(page.problems, []);
      await page.context().close();
    });

    it(`${kind}: says the same without JavaScript`, async () => {
      const withScript = await open(shared.browser, shared.site.url + address);
      const without = await open(shared.browser, shared.site.url + address, {javaScriptEnabled: false});
      // The hint about keys is for those who have the keys.
      const words = async (page) => (await page.locator('main').innerText()).replace(/\s*Arrow keys walk the routes, Enter opens a place\.\s*/, ' ').replace(/\s+/g, ' ').trim();
      assert.equal(await words(without), await words(withScript));
      await withScript.context().close();
      await without.context().close();
    });

    it(`${kind}: prints without the chrome`, async () => {
      const page = await open(shared.browser, shared.site.url + address);
      await page.emulateMedia({media: 'print'});
      assert.equal(await page.locator('header nav').first().isVisible(), false);
      assert.equal(await page.locator('h1').isVisible(), true);
      await page.context().close();
    });
  }

  it('a first page weighs under 60 KB without fonts and takes fewer than 8 requests', async () => {
    const context = await shared.browser.newContext();
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    const types = new Map();
    let requests = 0, bytes = 0;
    client.on('Network.responseReceived', (event) => types.set(event.requestId, event.type));
    client.on('Network.loadingFinished', (event) => {
      requests += 1;
      if (types.get(event.requestId) !== 'Font') bytes += event.encodedDataLength;
    });
    for (const address of ['/', '/levels/SSE']) {
      requests = bytes = 0;
      await client.send('Network.clearBrowserCache');
      await page.goto(shared.site.url + address, {waitUntil: 'networkidle'});
      assert.ok(bytes > 1000 && bytes < 60 * 1024, `${address} weighs ${bytes} bytes`);
      assert.ok(requests < 8, `${address} takes ${requests} requests`);
    }
    await context.close();
  });
});
