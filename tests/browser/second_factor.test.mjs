// A second factor from its picture to its last use: while the server goes on and its keys are changed under it.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHmac} from 'node:crypto';
import {after, before, describe, it} from 'node:test';

import {launch, open, serve, setUp, sound, temporaryFolder, waymark} from './harness.mjs';

const password = 'a brook under the old bridge';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator shows (RFC 6238), `ahead` steps from now. */
function codeOf(key, ahead = 0) {
  let bits = '';
  for (const letter of key.replaceAll(' ', '')) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac('sha1', bytes).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('a second factor', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let folder, site, browser, key;

  before(async () => {
    folder = temporaryFolder(scope);
    site = await serve(scope, {accounts: folder});
    browser = await launch(scope);
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('is shown as a picture that stays dark on white in the dark, with the key beside it', async () => {
    const page = await setUp(browser, site);
    await page.goto(`${site.url}/account/second-factor`);
    await page.getByRole('button', {name: 'Begin'}).click();
    const picture = page.getByRole('img', {name: 'The key below, as a picture'});
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({colorScheme});
      assert.equal(await picture.evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(255, 255, 255)');
      assert.equal(await picture.locator('path').evaluate((element) => getComputedStyle(element).fill), 'rgb(0, 0, 0)');
    }
    const {width, height} = await picture.boundingBox();
    assert.ok(width >= 200 && Math.abs(width - height) < 1, `${width} by ${height}`);
    await sound(page, 'second-factor-begun');
    key = await page.locator('.shown-once code').first().innerText();
    await page.getByLabel('The six digits it shows now').fill(codeOf(key, -1));
    await page.getByRole('button', {name: 'Switch it on'}).click();
    await page.getByRole('heading', {name: 'The second factor is on'}).waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  // Each code lets in once, so each sign-in takes the next.
  for (const [ahead, words] of [[0, ['keys', 'rotate']], [1, ['keys', 'rotate', '--drop-old']]]) {
    it(`lets in after “waymark ${words.join(' ')}”, without a restart`, async () => {
      const rotated = spawnSync(waymark, words, {cwd: folder, encoding: 'utf8'});
      assert.equal(rotated.status, 0, rotated.stderr);
      const page = await open(browser, `${site.url}/account`);
      await page.getByLabel('E-mail address').fill('ada@example.org');
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', {name: 'Sign in'}).click();
      await page.getByLabel('Code').fill(codeOf(key, ahead));
      await page.getByRole('button', {name: 'Sign in'}).click();
      await page.getByRole('heading', {name: 'Your account', exact: true}).waitFor();
      await page.context().close();
    });
  }
});
