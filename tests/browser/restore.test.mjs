// The end of the first hour: a backup while people are signed in, restored elsewhere, where the same people find the same things.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';

import {launch, open, serve, temporaryFolder, waymark} from './harness.mjs';

const password = 'a brook under the old bridge';

describe('a backup, restored elsewhere', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let here, there, site, browser;
  const run = (cwd, words, input) => {
    const result = spawnSync(waymark, words, {cwd, input, encoding: 'utf8'});
    assert.equal(result.status, 0, `waymark ${words.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  const signIn = async (url) => {
    const page = await open(browser, `${url}/sign-in`);
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/`);
    return page;
  };

  before(async () => {
    here = temporaryFolder(scope);
    there = temporaryFolder(scope);
    browser = await launch(scope);
    run(here, ['create-admin', 'ada@example.org', '--name', 'Ada Byron', '--password'], `${password}\n`);
    run(here, ['init', 'pathway']);
    site = await serve(scope, {accounts: here, folder: path.join(here, 'pathway')});
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('is made while people are signed in and versions are published', async () => {
    const page = await signIn(site.url);
    run(here, ['publish', '-p', 'pathway', '--note', 'To begin with', '--as', 'ada@example.org']);
    run(here, ['backup', 'monday.backup']);
    await page.goto(`${site.url}/versions`);
    await page.getByText('To begin with').waitFor();
    await page.context().close();
  });

  it('says beforehand whether it would do, and fills an empty store', async () => {
    const backup = path.join(here, 'monday.backup');
    assert.match(run(there, ['restore', '--dry-run', backup]), /./);
    assert.ok(!fs.existsSync(path.join(there, 'waymark.sqlite')), 'a dry run leaves nothing');
    run(there, ['restore', backup]);
    fs.copyFileSync(path.join(here, 'waymark.keys'), path.join(there, 'waymark.keys'));
    fs.chmodSync(path.join(there, 'waymark.keys'), 0o600);
    run(there, ['audit', 'verify']);
  });

  it('lets the same person in with the same password, to the same version', async () => {
    const other = await serve(scope, {accounts: there, folder: path.join(here, 'pathway')});
    const page = await signIn(other.url);
    await page.goto(`${other.url}/versions`);
    await page.getByText('To begin with').waitFor();
    await page.goto(`${other.url}/audit`);
    await page.getByRole('button', {name: 'Verify the whole audit'}).click();
    await page.getByText('has the fingerprint').waitFor();
    await page.context().close();
  });
});
