// An administrator connects a directory: the way there, the form and what it refuses, the token that is shown once, the list, a new token, the end.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {launch, open, serve, sound, temporaryFolder} from './harness.mjs';

describe('directories that bring people', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let site, admin, token;

  const ask = (path, body) => fetch(`${site.url}/scim/v2${path}`, {
    method: body ? 'POST' : 'GET', headers: {authorization: `Bearer ${token}`, ...(body && {'content-type': 'application/scim+json'})}, body: body && JSON.stringify(body),
  });

  before(async () => {
    site = await serve(scope, {accounts: temporaryFolder(scope)});
    const browser = await launch(scope);
    admin = await open(browser, /http:\S+set-up\?token=\S+/.exec(site.output())[0]);
    await admin.getByLabel('Your name').fill('Ada Byron');
    await admin.getByLabel('E-mail address').fill('ada@example.org');
    await admin.getByLabel('Password').fill('a brook under the old bridge');
    await admin.getByRole('button', {name: 'Open the first account'}).click();
    await admin.getByRole('heading', {name: 'Your account', exact: true}).waitFor();
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('the account leads to them, and without any the page says how people come in', async () => {
    await admin.getByRole('link', {name: 'Directories that bring people'}).click();
    await admin.getByText('None is connected.').waitFor();
    await sound(admin, 'directories-empty');
    await admin.getByRole('link', {name: 'Connect a directory'}).click();
    await admin.getByRole('heading', {name: 'Connect a directory', exact: true}).waitFor();
    await sound(admin, 'directory-new');
  });

  it('one is connected, and its token is shown this once', async () => {
    await admin.getByLabel('Name of the directory').fill('Entra ID of the whole group');
    await admin.getByRole('button', {name: 'Connect'}).click();
    await admin.getByText('it is not shown again').waitFor();
    const [address, shown] = await admin.locator('.shown-once code').allInnerTexts();
    assert.match(address, /\/scim\/v2$/);
    token = shown;
    await sound(admin, 'directory-token');
    const made = await ask('/Users', {userName: 'ines@example.org', displayName: 'Ines Okafor'});
    assert.equal(made.status, 201);
    await admin.goto(`${site.url}/people?name=Ines`);
    await admin.getByRole('link', {name: 'Ines Okafor'}).waitFor();
  });

  it('a second of the same name is refused at the field', async () => {
    await admin.goto(`${site.url}/directories/new`);
    await admin.getByLabel('Name of the directory').fill('entra id of the whole group');
    await admin.getByLabel('Its groups').selectOption({label: 'are left out'});
    await admin.getByRole('button', {name: 'Connect'}).click();
    await admin.getByRole('alert').waitFor();
    assert.equal(await admin.getByLabel('Name of the directory').inputValue(), 'entra id of the whole group');
    assert.equal(await admin.getByLabel('Its groups').inputValue(), 'nothing');
    await sound(admin, 'directory-new-problem');
  });

  it('it is looked at, its token made anew, and withdrawn; whom it brought stays', async () => {
    await admin.goto(`${site.url}/directories`);
    await sound(admin, 'directories');
    await admin.getByRole('link', {name: 'Entra ID of the whole group'}).click();
    await admin.getByRole('heading', {name: 'Entra ID of the whole group', exact: true}).waitFor();
    await sound(admin, 'directory');
    const old = token;
    await admin.getByRole('button', {name: 'Make a new token'}).click();
    await admin.getByText('it is not shown again').waitFor();
    assert.equal((await ask('/Users')).status, 401);
    token = (await admin.locator('.shown-once code').allInnerTexts())[1];
    assert.notEqual(token, old);
    assert.equal((await ask('/Users')).status, 200);
    await admin.getByRole('link', {name: 'The directory'}).click();
    await admin.getByRole('button', {name: 'Withdraw this directory'}).click();
    await admin.getByText('The directory is withdrawn').waitFor();
    await sound(admin, 'directories-withdrawn');
    assert.equal((await ask('/Users')).status, 401);
    await admin.goto(`${site.url}/people?name=Ines`);
    await admin.getByRole('link', {name: 'Ines Okafor'}).waitFor();
  });
});
