// ./check --screenshots DIR: every kind of page at 1280 and 390 pixels, light and dark, and printed.
import fs from 'node:fs';
import path from 'node:path';

import {launch, open, pages, serve} from './harness.mjs';

const out = process.argv[2];
const only = process.argv[3];
fs.mkdirSync(out, {recursive: true});
const ends = [];
const scope = {after: (end) => ends.push(end)};
const site = await serve(scope);
const browser = await launch(scope);
for (const [kind, address] of Object.entries(pages)) {
  if (only && !kind.includes(only)) continue;
  const name = kind.replace(/[^a-z]+/g, '-');
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(browser, site.url + address, {viewport: {width, height: width === 390 ? 844 : 900}, colorScheme});
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({path: path.join(out, `${name}-${width}-${colorScheme}.png`), fullPage: true});
      await page.context().close();
    }
  }
  const page = await open(browser, site.url + address);
  await page.pdf({path: path.join(out, `${name}.pdf`), format: 'A4'});
  await page.context().close();
}
for (const end of ends.reverse()) await end();
console.log(`${fs.readdirSync(out).length} pictures in ${out}`);
process.exit(0);
