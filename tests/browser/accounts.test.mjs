// A person's first hour: set-up link, sign-in, an account for somebody else, tokens, sessions; every page by axe, at 390 pixels, in the dark, without JavaScript.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {launch, open, serve, sound, temporaryFolder} from './harness.mjs';

const password = 'a brook under the old bridge';

describe('the first hour', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let site, browser, admin, invitation;

  before(async () => {
    site = await serve(scope, {accounts: temporaryFolder(scope)});
    browser = await launch(scope);
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it('before anybody has an account the pathway can be read, and the sign-in says what to do', async () => {
    const page = await open(browser, `${site.url}/levels/SSE`);
    assert.match(await page.title(), /Senior/);
    await page.getByRole('link', {name: 'Account'}).click();
    await page.getByRole('heading', {name: 'Not set up yet'}).waitFor();
    await sound(page, 'not-set-up');
    await page.context().close();
  });

  it('the link from the terminal opens the first account', async () => {
    const link = /http:\S+set-up\?token=\S+/.exec(site.output())[0];
    admin = await open(browser, link);
    await sound(admin, 'set-up');
    await admin.getByLabel('Your name').fill('Ada Byron');
    await admin.getByLabel('E-mail address').fill('ada@example.org');
    await admin.getByLabel('Password').fill('too short');
    await admin.getByRole('button', {name: 'Open the first account'}).click();
    await admin.getByRole('alert').waitFor();
    assert.equal(await admin.getByLabel('Your name').inputValue(), 'Ada Byron');
    await sound(admin, 'set-up-problem');
    await admin.getByLabel('Password').fill(password);
    await admin.getByRole('button', {name: 'Open the first account'}).click();
    await admin.getByRole('heading', {name: 'Your account', exact: true}).waitFor();
    await sound(admin, 'account');
  });

  it('from then on visitors sign in, and come to the page they asked for', async () => {
    const page = await open(browser, `${site.url}/levels/SSE`);
    await page.getByRole('heading', {name: 'Sign in'}).waitFor();
    await sound(page, 'sign-in');
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill('something wrong here');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await sound(page, 'sign-in-problem');
    assert.equal(await page.getByLabel('E-mail address').inputValue(), 'ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}/levels/SSE`);
    await page.context().close();
  });

  it('an account for a colleague, who joins by the link', async () => {
    await admin.goto(`${site.url}/accounts`);
    await sound(admin, 'accounts');
    await admin.getByRole('link', {name: 'Open an account'}).click();
    await sound(admin, 'accounts-new');
    await admin.getByLabel('Name').fill('Grace Murray');
    await admin.getByLabel('E-mail address').fill('grace@example.org');
    await admin.getByLabel('Role').selectOption('pathway_owner');
    await admin.getByRole('button', {name: 'Open the account'}).click();
    await admin.getByRole('heading', {name: 'The invitation'}).waitFor();
    await sound(admin, 'invitation');
    invitation = await admin.locator('.shown-once code').first().innerText();
    const page = await open(browser, invitation);
    await sound(page, 'join');
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', {name: 'Set the password'}).click();
    await page.getByRole('status').first().waitFor();
    await page.getByLabel('E-mail address').fill('grace@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.waitForURL(`${site.url}/`);
    await page.goto(`${site.url}/lint`);
    assert.match(await page.title(), /lint/i);
    await page.goto(`${site.url}/accounts`);
    await page.getByRole('heading', {name: 'This is not open to you'}).waitFor();
    await sound(page, 'not-allowed');
    await page.context().close();
    await admin.goto(`${site.url}/accounts`);
    await admin.getByRole('link', {name: 'Grace Murray'}).click();
    await sound(admin, 'account-of-somebody');
  });

  it('a token, seen once and withdrawn', async () => {
    await admin.goto(`${site.url}/account/tokens`);
    await sound(admin, 'tokens');
    await admin.getByLabel('What it is for').fill('nightly check');
    await admin.getByLabel('read the pathway').check();
    await admin.getByRole('button', {name: 'Make the token'}).click();
    const token = await admin.locator('.shown-once code').innerText();
    await sound(admin, 'token-made');
    const read = () => fetch(`${site.url}/levels/SSE`, {headers: {authorization: `Bearer ${token}`}});
    assert.equal((await read()).status, 200);
    await admin.goto(`${site.url}/account/tokens`);
    await sound(admin, 'tokens-some');
    await admin.getByRole('button', {name: 'Withdraw nightly check'}).click();
    await admin.getByRole('status').first().waitFor();
    assert.equal((await read()).status, 401);
  });

  it('a session elsewhere, ended from here', async () => {
    const other = await open(browser, `${site.url}/sign-in`);
    await other.getByLabel('E-mail address').fill('ada@example.org');
    await other.getByLabel('Password').fill(password);
    await other.keyboard.press('Enter');
    await other.waitForURL(`${site.url}/`);
    await admin.goto(`${site.url}/account`);
    await sound(admin, 'account-two-sessions');
    await admin.getByRole('button', {name: 'End all others'}).click();
    await admin.getByRole('status').first().waitFor();
    await other.goto(`${site.url}/account`);
    await other.getByRole('heading', {name: 'Sign in'}).waitFor();
    await other.context().close();
  });

  it('second factor, features, settings and audit are in order', async () => {
    for (const [name, address] of Object.entries({'second-factor': '/account/second-factor', password: '/account/password', features: '/features', settings: '/settings', audit: '/audit', import: '/import'})) {
      await admin.goto(site.url + address);
      await sound(admin, name);
    }
    await admin.goto(`${site.url}/account/second-factor`);
    await admin.getByRole('button', {name: 'Begin'}).click();
    await sound(admin, 'second-factor-begun');
    await admin.goto(`${site.url}/features`);
    await admin.getByLabel('Feature').selectOption('energy');
    await admin.getByLabel('In this country').fill('FR');
    await admin.getByLabel('Why').fill('agreed with the works council');
    await admin.getByRole('button', {name: 'Switch it off'}).click();
    await admin.getByRole('status').first().waitFor();
    await sound(admin, 'features-some');
    await admin.goto(`${site.url}/audit`);
    await admin.getByRole('button', {name: 'Verify the whole audit'}).click();
    await admin.getByText('has the fingerprint').waitFor();
    await sound(admin, 'audit-verified');
  });

  it('all of it works without JavaScript', async () => {
    const context = await browser.newContext({javaScriptEnabled: false});
    const page = await context.newPage();
    await page.goto(`${site.url}/sign-in`);
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.getByRole('link', {name: 'Account'}).click();
    await page.getByRole('button', {name: 'Sign out'}).click();
    await page.getByText('You are signed out.').waitFor();
    await context.close();
  });

  it('nothing was said in the console', () => assert.deepEqual(admin.problems.filter((problem) => !/status of (422|409|403)/.test(problem)), []));
});
