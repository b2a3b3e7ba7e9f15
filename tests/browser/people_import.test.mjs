// The first morning of whoever brings people in: upload, correct the mapping, apply, find a person, mend a mistake; every page by axe, at 390 pixels, without a script.
import assert from 'node:assert/strict';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';

import {launch, open, serve, setUp, sound, temporaryFolder} from './harness.mjs';

const table = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../fixtures/people/common_export.csv');

describe('people from a table', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let site, browser, admin;

  before(async () => {
    site = await serve(scope, {accounts: temporaryFolder(scope)});
    browser = await launch(scope);
    admin = await setUp(browser, site);
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('is looked at, corrected, brought in, found and mended', async () => {
    await admin.goto(`${site.url}/people`);
    await admin.getByRole('link', {name: 'Bring people in from a file'}).click();
    await sound(admin, 'choosing a table');
    await admin.getByLabel('A CSV file, or a zip of one').setInputFiles(table);
    await admin.getByRole('button', {name: 'Look at it'}).click();
    await admin.getByRole('heading', {name: 'Joining: 6'}).waitFor();
    await sound(admin, 'the plan of an import');
    assert.match(await admin.getByText('Left at the door, and read').textContent(), /Base Salary \(pay\)/);

    await admin.getByLabel('Level of the title “Wizard of Light Bulb Moments”').selectOption('STAFF');
    await admin.getByRole('button', {name: 'Look again'}).click();
    await admin.getByText('on 15 August 2022, in Data, as STAFF').waitFor();
    await admin.getByLabel('Why', {exact: true}).fill('the first morning');
    await admin.getByRole('button', {name: 'Bring them in'}).click();
    await admin.getByText('The people are in.').waitFor();

    await admin.goto(`${site.url}/people?name=noor`);
    await admin.getByRole('link', {name: 'Noor Haddad'}).click();
    await admin.getByRole('heading', {name: 'Noor Haddad', exact: true}).waitFor();
    await admin.getByRole('link', {name: 'Level or archetype'}).click();
    await admin.getByLabel('Level').selectOption('SSE');
    await admin.getByLabel('From').fill('2026-01-31');
    await admin.getByRole('button', {name: 'Record it'}).click();
    await admin.getByText('It is recorded.').waitFor();

    // The same table once more has nothing to do.
    await admin.goto(`${site.url}/people/import`);
    await admin.getByLabel('A CSV file, or a zip of one').setInputFiles(table);
    await admin.getByRole('button', {name: 'Look at it'}).click();
    await admin.getByText('stay as before').waitFor();
    assert.equal(await admin.getByRole('heading', {name: /^Joining/}).count(), 0);
  });

  it('is brought in without a script too', async () => {
    const page = await open(browser, `${site.url}/people/import`, {javaScriptEnabled: false, storageState: await admin.context().storageState()});
    await page.getByLabel('A CSV file, or a zip of one').setInputFiles({name: 'few.csv', mimeType: 'text/csv', buffer: Buffer.from('name,email\nZoë Quist,zoe.quist@example.org\n')});
    await page.getByRole('button', {name: 'Look at it'}).click();
    await page.getByLabel('Why', {exact: true}).fill('one more');
    await page.getByRole('button', {name: 'Bring them in'}).click();
    await page.getByText('The people are in.').waitFor();
  });
});
