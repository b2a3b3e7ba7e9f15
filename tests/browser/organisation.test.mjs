// A small organisation by form: teams, people, one's own place, one's people on the landscape, a mistake mended; every page by axe, at 390 pixels, in the dark.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {launch, open, serve, sound, temporaryFolder} from './harness.mjs';

const password = 'a brook under the old bridge';

describe('an organisation by form', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  let site, browser, admin, bo;

  before(async () => {
    site = await serve(scope, {accounts: temporaryFolder(scope)});
    browser = await launch(scope);
    admin = await open(browser, /http:\S+set-up\?token=\S+/.exec(site.output())[0]);
    await admin.getByLabel('Your name').fill('Ada Byron');
    await admin.getByLabel('E-mail address').fill('ada@example.org');
    await admin.getByLabel('Password').fill(password);
    await admin.getByRole('button', {name: 'Open the first account'}).click();
    await admin.getByRole('heading', {name: 'Your account', exact: true}).waitFor();
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  const addTeam = async (name, parent) => {
    await admin.goto(`${site.url}/teams/new`);
    await admin.getByLabel('Name', {exact: true}).fill(name);
    await admin.getByLabel('From').fill('2020-01-01');
    if (parent) await admin.getByLabel('Part of').selectOption({label: parent});
    await admin.getByRole('button', {name: 'Add it'}).click();
    await admin.getByRole('heading', {name, exact: true}).waitFor();
  };
  const addPerson = async (name, {level, team, manager, email, from = '2021-03-01', title} = {}) => {
    await admin.goto(`${site.url}/people/new`);
    await admin.getByLabel('Name', {exact: true}).fill(name);
    if (email) await admin.getByLabel('E-mail address at work').fill(email);
    await admin.getByLabel('First day of work').fill(from);
    if (level) await admin.getByLabel('Level').selectOption(level);
    if (team) await admin.getByLabel('Team').selectOption({label: team});
    if (manager) await admin.getByLabel('Reports to').selectOption({label: manager});
    if (title) await admin.getByLabel('Title').fill(title);
    await admin.getByRole('button', {name: 'Add them'}).click();
    await admin.getByRole('heading', {name, exact: true}).waitFor();
  };

  it('before anybody is recorded the pages say what to do', async () => {
    await admin.goto(`${site.url}/people`);
    await sound(admin, 'people-empty');
    await admin.goto(`${site.url}/organisation`);
    await sound(admin, 'organisation-empty');
    await admin.goto(`${site.url}/people/new`);
    await sound(admin, 'person-new');
    await admin.goto(`${site.url}/teams/new`);
    await sound(admin, 'team-new');
  });

  it('teams and people are added by hand', async () => {
    await addTeam('Engineering');
    await addTeam('Payments', 'Engineering');
    await addPerson('Ada Byron', {email: 'ada@example.org', level: 'EM', team: 'Engineering'});
    await addPerson('Bo Lindqvist', {email: 'bo@example.org', level: 'TTL', team: 'Payments', manager: 'Ada Byron'});
    await addPerson('Chi Mbeki', {level: 'SSE', team: 'Payments', manager: 'Bo Lindqvist', title: 'Backend engineer'});
    await addPerson('Dee Ó Súilleabháin', {level: 'ISE', team: 'Payments', manager: 'Bo Lindqvist'});
    await addPerson('Eve Nakamura', {level: 'SSE', team: 'Payments', manager: 'Bo Lindqvist'});
    await addPerson('Fin', {team: 'Payments', manager: 'Bo Lindqvist'});
    await admin.goto(`${site.url}/organisation`);
    await admin.getByRole('link', {name: /Payments/}).waitFor();
    await sound(admin, 'organisation');
  });

  it('a mistake is mended, and what was believed stays to be seen', async () => {
    await admin.goto(`${site.url}/people?name=mbek`);
    await sound(admin, 'people-found');
    await admin.getByRole('link', {name: 'Chi Mbeki'}).click();
    await sound(admin, 'person');
    await admin.getByRole('link', {name: 'Level or archetype'}).click();
    await sound(admin, 'person-level');
    await admin.getByLabel('Level').selectOption('LSE');
    await admin.getByLabel('From').fill('2026-01-31');
    await admin.getByRole('button', {name: 'Record it'}).click();
    await admin.getByText('It is recorded.').waitFor();
    await admin.getByRole('button', {name: 'This never was Level from 31 January 2026'}).click();
    await admin.getByText('It is taken back.').waitFor();
    assert.match(await admin.locator('main').innerText(), /Senior Software Engineer since 1 March 2021/);
    await sound(admin, 'person-mended');
  });

  it('what cannot be is said at the field, and nothing that was typed is lost', async () => {
    await admin.goto(`${site.url}/people?name=Ada`);
    await admin.getByRole('link', {name: 'Ada Byron'}).click();
    assert.equal(await admin.getByRole('link', {name: 'Manager', exact: true}).count(), 0, 'nobody changes their own place');
    await admin.goto(`${site.url}/people/new`);
    await admin.getByLabel('Name', {exact: true}).fill('Gil Bo');
    await admin.getByLabel('E-mail address at work').fill('BO@example.org');
    await admin.getByRole('button', {name: 'Add them'}).click();
    await admin.getByRole('alert').waitFor();
    assert.equal(await admin.getByLabel('Name', {exact: true}).inputValue(), 'Gil Bo');
    await sound(admin, 'person-new-problem');
  });

  it('somebody signs in and sees where they are, what is in reach, and their people', async () => {
    await admin.goto(`${site.url}/accounts/new`);
    await admin.getByLabel('Name').fill('Bo Lindqvist');
    await admin.getByLabel('E-mail address').fill('bo@example.org');
    await admin.getByRole('button', {name: 'Open the account'}).click();
    const invitation = await admin.locator('.shown-once code').first().innerText();
    bo = await open(browser, invitation);
    await bo.getByLabel('New password').fill(password);
    await bo.getByRole('button', {name: 'Set the password'}).click();
    await bo.getByRole('status').first().waitFor();
    await bo.getByLabel('E-mail address').fill('bo@example.org');
    await bo.getByLabel('Password').fill(password);
    await bo.getByRole('button', {name: 'Sign in'}).click();
    await bo.waitForURL(`${site.url}/`);
    await bo.getByText('You are at').waitFor();
    await sound(bo, 'my-place');
    // One key from here to the page of the next level, or to all of them where the way parts.
    const focused = await bo.evaluate(() => document.activeElement.getAttribute('href'));
    assert.match(focused, /^\/(levels|from)\//);
    await bo.keyboard.press('Enter');
    await bo.waitForURL(/\/(levels|from)\//);
    await bo.goto(`${site.url}/my-people`);
    await bo.getByText('Chi Mbeki').waitFor();
    await sound(bo, 'my-people');
    await bo.getByRole('link', {name: 'Chi Mbeki'}).click();
    assert.equal(await bo.getByRole('heading', {name: 'Change'}).count(), 0);
    await sound(bo, 'my-report');
    await bo.goto(`${site.url}/people?name=Ada`);
    assert.equal(await bo.getByRole('link', {name: 'Ada Byron'}).count(), 0, 'a name alone');
  });

  it('a manager is shown what to ask about, and what somebody declares is theirs', async () => {
    await bo.goto(`${site.url}/my-people`);
    await bo.getByRole('link', {name: 'What the shape of your line gives reason to ask about'}).click();
    await bo.getByRole('heading', {name: 'Signals', exact: true}).waitFor();
    await sound(bo, 'signals');
    await admin.goto(`${site.url}/attributes`);
    await admin.getByLabel('Question').fill('Gender');
    await admin.getByLabel('Why it is asked').fill('To see whether people progress alike.');
    await admin.getByLabel('Answers').fill('woman\nman\nanother');
    await admin.getByRole('button', {name: 'Ask it'}).click();
    await admin.getByText('The question is asked from now on.').waitFor();
    await sound(admin, 'attributes-asked');
    await bo.goto(`${site.url}/account/attributes`);
    await bo.getByLabel('Gender').selectOption('another');
    await bo.getByRole('button', {name: 'Keep it'}).click();
    await bo.getByText('It is kept, sealed').waitFor();
    assert.equal(await bo.getByLabel('Gender').inputValue(), 'another');
    await sound(bo, 'attributes-declared');
    await bo.getByRole('button', {name: 'Withdraw everything'}).click();
    await bo.getByText('Nothing of it is kept any more.').waitFor();
    assert.equal(await bo.getByLabel('Gender').inputValue(), '');
    await admin.goto(`${site.url}/people?name=Chi`);
    await admin.getByRole('link', {name: 'Payments'}).or(admin.getByRole('link', {name: 'Chi Mbeki'})).first().click();
    await admin.getByRole('link', {name: /Team: Payments/}).click();
    await sound(admin, 'team');
  });
});
