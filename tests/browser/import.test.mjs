// Bringing a framework: upload, draft, form, folder.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {describe, it} from 'node:test';
import zlib from 'node:zlib';

import {open, servedStarter, temporaryFolder} from './harness.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const ladder = `# Engineering at the Mill

## Engineer

- Mends faults in the tool that is in front of them.
- Asks early when a task is not clear.

## Senior Engineer

- Plans the work of a quarter with the people who use it.
- Is an excellent communicator.
- Mends faults in the tool that is in front of them.

## Engineering Manager

- Holds a conversation with everybody in the team each week.
- Weight: 30 %
`;

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate((tags) => window.axe.run(document, {runOnly: {type: 'tag', values: tags}}), standards);
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
}

/** The files of a zip by name, through its central directory. */
function filesOf(zip) {
  const files = new Map();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; --left) {
    const method = zip.readUInt16LE(at + 10), size = zip.readUInt32LE(at + 20), nameLength = zip.readUInt16LE(at + 28), local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    files.set(name, (method === 8 ? zlib.inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

describe('a framework brought along', () => {
  const shared = servedStarter();

  const upload = async (options) => {
    const page = await open(shared.browser, `${shared.site.url}/import`, options);
    await page.getByLabel('A file, or a zip of files').setInputFiles({name: 'ladder.md', mimeType: 'text/markdown', buffer: Buffer.from(ladder)});
    await page.getByRole('button', {name: 'Show the draft'}).click();
    await page.getByRole('heading', {level: 1, name: /as a draft/}).waitFor();
    return page;
  };
  const kinds = {upload: (options) => open(shared.browser, `${shared.site.url}/import`, options), draft: upload};

  for (const [kind, show] of Object.entries(kinds)) {
    for (const colorScheme of ['light', 'dark']) {
      it(`${kind}, ${colorScheme}: axe finds nothing, the console is silent`, async () => {
        const page = await show({colorScheme, bypassCSP: true});
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(page.problems, []);
        await page.context().close();
      });
    }

    it(`${kind}: at 390 pixels nothing runs off the side, and axe finds nothing`, async () => {
      const page = await show({viewport: {width: 390, height: 844}, bypassCSP: true});
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      assert.ok(width <= 390, `the page is ${width} pixels wide`);
      assert.deepEqual(await violations(page), []);
      await page.context().close();
    });

    it(`${kind}: the content policy stops nothing of ours`, async () => {
      const page = await show({});
      assert.deepEqual(page.problems, []);
      await page.context().close();
    });
  }

  it('without JavaScript: upload, another track and order, and the folder holds them', async (test) => {
    const page = await upload({javaScriptEnabled: false, acceptDownloads: true});
    assert.match(await page.locator('main').innerText(), /What the linter says/);
    const place = (name) => page.getByRole('group', {name});
    await place(/^Engineer /).getByLabel('Position on it').fill('2');
    await place(/^Senior Engineer/).getByLabel('Position on it').fill('1');
    await place(/^Engineering Manager/).getByLabel('Track').selectOption('No place at all');
    await page.getByLabel('Name of the pathway').fill('Ours');
    await page.getByRole('button', {name: 'Show it so'}).click();
    await page.getByRole('heading', {level: 1, name: 'Ours, as a draft'}).waitFor();
    assert.equal(await place(/^Engineering Manager/).count(), 0);
    const titles = (await page.locator('.import-place legend').allInnerTexts()).map((text) => text.split('\n')[0].trim());
    assert.deepEqual(titles, ['Senior Engineer', 'Engineer']);

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Download the folder'}).click()]);
    const zip = path.join(temporaryFolder(test), download.suggestedFilename());
    await download.saveAs(zip);
    const folder = filesOf(fs.readFileSync(zip));
    const manifest = folder.get('pathway.yaml');
    assert.match(manifest, /name: Ours/);
    assert.match(manifest, /levels: \[SE, E\]|levels: \[senior-engineer, engineer\]/);
    assert.match(folder.get('import-report.md'), /## What the linter says/);
    await page.context().close();
  });
});
