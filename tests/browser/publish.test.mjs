// Publishing in the browser: what an owner does from the first look to a withdrawal, and what a reader sees of it.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';

import {join, launch, open, openAccount, run, serve, setUp, sound, temporaryFolder} from './harness.mjs';

/** A zip of the folder as git hosts give it out. */
function zipOf(folder) {
  const git = (...words) => execFileSync('git', ['-C', folder, '-c', 'user.name=Olu', '-c', 'user.email=olu@example.org', ...words], {maxBuffer: 1 << 24});
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'As it stands');
  return git('archive', '--format=zip', '--prefix=pathway-main/', 'HEAD');
}

describe('publishing', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let site, browser, owner, reader, first, second, planned;

  const replace = (folder, file, old, now) => {
    const name = path.join(folder, file);
    const text = fs.readFileSync(name, 'utf8');
    assert.ok(text.includes(old), `${file} says ${old}`);
    fs.writeFileSync(name, text.replace(old, now));
  };
  const publishedAt = async () => {
    await owner.getByText('The version is published.').waitFor();
    return new URL(owner.url()).pathname;
  };
  /** The server looks at the folder now and then; asks until the page says it. */
  const says = async (page, address, words) => {
    for (let left = 100; left > 0; --left) {
      await page.goto(site.url + address);
      if ((await page.locator('main').innerText()).includes(words)) return;
      await page.waitForTimeout(100);
    }
    assert.fail(`${address} never said ${words}`);
  };

  before(async () => {
    const folder = path.join(temporaryFolder(scope), 'pathway');
    run('init', folder);
    site = await serve(scope, {folder, accounts: temporaryFolder(scope), options: ['--watch']});
    browser = await launch(scope);
    const admin = await setUp(browser, site);
    const olu = {name: 'Olu Ade', email: 'olu@example.org', role: 'pathway_owner'}, ravi = {name: 'Ravi', email: 'ravi@example.org'};
    owner = await join(browser, site, await openAccount(admin, site, olu), olu);
    reader = await join(browser, site, await openAccount(admin, site, ravi), ravi);
    await admin.context().close();
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('before the first version there is nothing to read but the folder', async () => {
    await reader.goto(`${site.url}/versions`);
    await reader.getByText('Nothing yet.').waitFor();
    await sound(reader, 'versions-none');
    assert.equal((await reader.goto(`${site.url}/publish`)).status(), 403);
  });

  it('the first version: a look, a note, and it is out', async () => {
    await owner.goto(`${site.url}/account`);
    await owner.getByRole('link', {name: 'Publish a version of the pathway'}).click();
    await owner.getByText('The first version of Engineering pathway').waitFor();
    await sound(owner, 'publish-first');
    await owner.getByLabel('What is this version for').fill('What we agreed on in the autumn, to begin with.');
    await owner.getByRole('button', {name: 'Publish', exact: true}).click();
    first = await publishedAt();
    await sound(owner, 'version-first');
  });

  it('an edit of the folder is a draft that its owner sees alone', async () => {
    replace(site.folder, 'levels/SSE.md', 'says how the problem was found, states what it sacrifices,', 'says who has the problem and how it was found, states what it gives up,');
    await says(owner, '/draft/levels/SSE', 'says who has the problem');
    await owner.getByText('Others do not see it.').waitFor();
    await sound(owner, 'draft');
    await reader.goto(`${site.url}/levels/SSE`);
    assert.doesNotMatch(await reader.locator('main').innerText(), /says who has the problem/);
    assert.equal((await reader.goto(`${site.url}/draft/levels/SSE`)).status(), 403);
  });

  it('the difference is shown by words; the owner says that it means the same, or it stays a draft', async () => {
    await owner.getByRole('link', {name: 'Publish it'}).click();
    assert.match(await owner.locator('del').first().innerText(), /how|sacrifices/);
    assert.match(await owner.locator('ins').first().innerText(), /who|gives up/);
    await sound(owner, 'publish-next');
    await owner.getByLabel('What is this version for').fill('Says whose problem a design solves.');
    await owner.getByRole('button', {name: 'Publish', exact: true}).click();
    await owner.getByRole('alert').waitFor();
    assert.equal(await owner.getByLabel('What is this version for').inputValue(), 'Says whose problem a design solves.');
    await sound(owner, 'publish-problem');
    await owner.getByLabel('SSE.drives-design').check();
    await owner.getByRole('button', {name: 'Publish', exact: true}).click();
    second = await publishedAt();
    assert.notEqual(second, first);
    await owner.getByText('its author says that it means what it meant').waitFor();
    await sound(owner, 'version-next');
    await says(reader, '/levels/SSE', 'says who has the problem');
  });

  it('a reader finds the history, the old version and what is different', async () => {
    await reader.goto(`${site.url}/`);
    await reader.getByRole('link', {name: 'Versions'}).click();
    await reader.getByRole('heading', {name: 'What was published'}).waitFor();
    await sound(reader, 'versions');
    await reader.goto(site.url + first);
    await reader.getByRole('link', {name: 'Read it'}).click();
    await reader.getByText('You read version').waitFor();
    await sound(reader, 'version-landscape');
    await reader.goto(`${site.url}${first}/read/levels/SSE`);
    assert.match(await reader.locator('main').innerText(), /says how the problem was found, states what it sacrifices/);
    await sound(reader, 'version-level');
    await reader.goto(`${site.url}/versions/compare`);
    await sound(reader, 'versions-compare');
    await reader.getByRole('button', {name: 'Show what changed'}).click();
    await reader.waitForURL(`${site.url}${first}/to/${second.split('/').pop()}`);
    assert.match(await reader.locator('ins').first().innerText(), /who|gives up/);
    await sound(reader, 'versions-difference');
  });

  it('an old citation says what it said, and what became of it', async () => {
    await reader.goto(`${site.url}${first}/read/cite/SSE.drives-design`);
    assert.match(await reader.locator('.cited').innerText(), /states what it sacrifices/);
    await sound(reader, 'version-citation');
    await reader.getByRole('link', {name: 'What became of it'}).click();
    assert.match(await reader.locator('.cited').innerText(), /states what it sacrifices/);
    await reader.getByText('Today it says so in other words.').waitFor();
    await sound(reader, 'citation-then');
    await reader.getByRole('link', {name: 'SSE.drives-design as it is today'}).click();
    assert.match(await reader.locator('.cited').innerText(), /states what it gives up/);
  });

  it('a zip for a later day, which is withdrawn before it comes', async () => {
    const folder = path.join(temporaryFolder(scope), 'next');
    fs.cpSync(site.folder, folder, {recursive: true});
    replace(folder, 'levels/GE.md', 'and it fits into a few days.', 'and it fits into a week.');
    await owner.goto(`${site.url}/publish`);
    await sound(owner, 'publish-nothing-new');
    await owner.getByLabel('A zip').setInputFiles({name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no zip at all')});
    await owner.getByRole('button', {name: 'Look at it'}).click();
    await owner.getByRole('alert').waitFor();
    await sound(owner, 'publish-no-zip');
    await owner.getByLabel('A zip').setInputFiles({name: 'pathway.zip', mimeType: 'application/zip', buffer: zipOf(folder)});
    await owner.getByRole('button', {name: 'Look at it'}).click();
    await owner.waitForURL(/\/publish\?upload=/);
    await sound(owner, 'publish-zip');
    await owner.getByLabel('What is this version for').fill('For next year.');
    await owner.getByLabel('In force from').fill('2999-01-01');
    for (const box of await owner.getByRole('checkbox').all()) await box.check();
    await owner.getByRole('button', {name: 'Publish', exact: true}).click();
    planned = await publishedAt();
    await owner.getByText('In force from 1 January 2999 on.').waitFor();
    await sound(owner, 'version-planned');
    await owner.getByLabel('Why').fill('It was meant for another department.');
    await owner.getByRole('button', {name: 'Withdraw it'}).click();
    await owner.getByText('The version is withdrawn.').waitFor();
    await sound(owner, 'version-withdrawn');
    await reader.goto(`${site.url}/versions`);
    await reader.getByText('withdrawn: It was meant for another department').waitFor();
    await sound(reader, 'versions-some');
    await reader.goto(site.url + planned);
    assert.equal(await reader.getByRole('button', {name: 'Withdraw it'}).count(), 0);
  });

  it('another pathway beside it, with all its pages', async () => {
    const folder = path.join(temporaryFolder(scope), 'hardware');
    fs.cpSync(site.folder, folder, {recursive: true});
    replace(folder, 'pathway.yaml', 'name: Engineering pathway', 'name: Hardware pathway');
    await owner.goto(`${site.url}/publish`);
    await owner.getByLabel('A zip').setInputFiles({name: 'hardware.zip', mimeType: 'application/zip', buffer: zipOf(folder)});
    await owner.getByLabel('Key of another pathway').fill('hardware');
    await owner.getByRole('button', {name: 'Look at it'}).click();
    await owner.getByText('The first version of Hardware pathway').waitFor();
    await owner.getByLabel('What is this version for').fill('For those who build the boards.');
    await owner.getByRole('button', {name: 'Publish', exact: true}).click();
    await publishedAt();
    await says(reader, '/pathways', 'Hardware pathway');
    await sound(reader, 'pathways');
    await reader.getByRole('link', {name: 'Hardware pathway'}).click();
    await reader.waitForURL(`${site.url}/pathways/hardware`);
    await sound(reader, 'pathway-other');
    await reader.getByRole('link', {name: 'Senior Software Engineer'}).first().click();
    await reader.waitForURL(`${site.url}/pathways/hardware/levels/SSE`);
    assert.match(await reader.locator('.wordmark').innerText(), /Hardware pathway/);
    await reader.getByRole('link', {name: 'Other pathways'}).click();
    await reader.getByRole('link', {name: 'Engineering pathway'}).last().click();
    await reader.waitForURL(`${site.url}/pathways/main`);
  });

  it('nothing was said in the console', () => {
    for (const page of [owner, reader]) assert.deepEqual(page.problems.filter((problem) => !/status of (422|409|403)/.test(problem)), []);
  });
});
