// Signing in with an OpenID provider, a real one, in a real browser: in, back to where one was, out again, and all that can go wrong on the way.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';

import {launch, open, openAccount, serve, setUp, sound, temporaryFolder} from './harness.mjs';
import {startProvider, withClockAhead} from './provider.mjs';

const password = 'a brook under the old bridge';
const claims = {openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'display', 'upn', 'upn_checked', 'employee']};

describe('signing in with a provider', () => {
  const ends = [], scope = {after: (end) => ends.push(end)};
  const people = {
    grace: {name: 'G. Murray', email: 'grace@example.org', email_verified: true},
    linus: {name: 'L.', email: 'linus@example.org', email_verified: false},
    katherine: {name: 'K.', email: 'katherine@example.org'},
    annie: {name: 'A.'},
    radia: {display: 'Radia Perlman', upn: 'radia@example.org', upn_checked: true, employee: 'E-1'},
    mary: {display: 'Mary Lou', employee: 'E-9'},
    barbara: {display: 'Barbara', upn: 'admin@example.org', upn_checked: false},
  };
  let provider, browser, strict, admin, open_door, admin_of_open_door;

  const environment = (more) => ({WAYMARK_OIDC_ISSUER: provider.issuer, WAYMARK_OIDC_CLIENT_ID: 'waymark', WAYMARK_OIDC_NAME: 'Example ID', ...more});

  before(async () => {
    provider = await startProvider(scope, {people, claims});
    browser = await launch(scope);
    // One that knows its people beforehand, and one that welcomes whoever the provider knows.
    strict = await serve(scope, {accounts: temporaryFolder(scope), environment: environment()});
    provider.register(strict, {client_id: 'waymark'});
    admin = await setUp(browser, strict);
    for (const [name, email] of [['Grace Murray', 'grace@example.org'], ['Linus', 'linus@example.org'], ['Katherine', 'katherine@example.org']]) {
      await openAccount(admin, strict, {name, email});
    }
    open_door = await serve(scope, {accounts: temporaryFolder(scope), environment: environment({
      WAYMARK_OIDC_CLIENT_ID: 'open door', WAYMARK_OIDC_CLIENT_SECRET: 'a secret: with % and +', WAYMARK_OIDC_UNKNOWN: 'create',
      WAYMARK_OIDC_NAME_CLAIM: 'display', WAYMARK_OIDC_EMAIL_CLAIM: 'upn', WAYMARK_OIDC_EMAIL_VERIFIED_CLAIM: 'upn_checked', WAYMARK_OIDC_EXTERNAL_ID_CLAIM: 'employee',
    })});
    provider.register(open_door, {client_id: 'open door', client_secret: 'a secret: with % and +'});
    admin_of_open_door = await setUp(browser, open_door, {email: 'admin@example.org'});
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  /** A browser of its own, at the sign-in of the site. */
  async function visitor(site, address = '/', options = {}) {
    const page = await open(browser, 'about:blank', options);
    // The provider's own page asks for a font from elsewhere.
    await page.context().route((url) => !['localhost', '127.0.0.1'].includes(url.hostname), (route) => route.fulfill({body: '', contentType: 'text/css'}));
    await page.goto(site.url + address);
    return page;
  }
  async function atProvider(page, login) {
    await page.locator('[name=login]').fill(login);
    await page.locator('[name=password]').fill('whatever the provider asks for');
    await page.getByRole('button', {name: 'Sign-in'}).click();
    await page.getByRole('button', {name: 'Continue'}).click();
  }
  async function signIn(page, login) {
    await page.getByRole('link', {name: 'Sign in with Example ID'}).click();
    await atProvider(page, login);
  }
  async function nameAt(page, site) {
    await page.goto(`${site.url}/account`);
    return page.locator('main').innerText();
  }
  /** Signs in and answers what the page says about why not. */
  async function refusal(page, login) {
    await signIn(page, login);
    const words = await page.getByRole('alert').innerText();
    await page.goto(`${strict.url}/account`);
    await page.getByRole('heading', {name: 'Sign in', exact: true}).waitFor();
    return words;
  }
  /** Where /sign-in/provider leads, with the cookie for it kept by the page's browser. */
  async function start(page, site) {
    const response = await page.context().request.get(`${site.url}/sign-in/provider`, {maxRedirects: 0});
    assert.equal(response.status(), 303);
    return new URL(response.headers().location);
  }

  it('leads to the provider and back to the page that was asked for', async () => {
    const page = await visitor(strict, '/from/SSE/to/LSE?x=1');
    await sound(page, 'sign-in-with-provider');
    await signIn(page, 'grace');
    await page.waitForURL(`${strict.url}/from/SSE/to/LSE?x=1`);
    assert.match(await nameAt(page, strict), /Grace Murray, grace@example\.org/);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('an account is found by a verified address once, and by the subject from then on', async () => {
    people.grace = {name: 'Grace Hopper', email: 'grace@elsewhere.example', email_verified: false};
    const page = await visitor(strict);
    await signIn(page, 'grace');
    await page.waitForURL(`${strict.url}/`);
    assert.match(await nameAt(page, strict), /Grace Murray, grace@example\.org/);
    await page.context().close();
    // Whoever has that address now is somebody else.
    people.margaret = {name: 'Margaret', email: 'grace@example.org', email_verified: true};
    assert.match(await refusal(await visitor(strict), 'margaret'), /belongs to another identity/);
  });

  it('an address that is not verified, or none, opens nobody’s account', async () => {
    const page = await visitor(strict);
    assert.match(await refusal(page, 'linus'), /no account for you here.*address is verified/s);
    await page.context().close();
    assert.match(await refusal(await visitor(strict), 'katherine'), /no account for you here.*address is verified/s);
    const nameless = await visitor(strict);
    await signIn(nameless, 'annie');
    assert.match(await nameless.getByRole('alert').innerText(), /no account for you here\. Ask your administrator/);
    await sound(nameless, 'provider-refused');
    await nameless.context().close();
  });

  it('claims are read under the names that the settings give them, and unknown people get an account where that is wanted', async () => {
    const page = await visitor(open_door, '/levels/SSE');
    await signIn(page, 'radia');
    await page.waitForURL(`${open_door.url}/levels/SSE`);
    assert.match(await nameAt(page, open_door), /Radia Perlman, radia@example\.org/);
    await page.context().close();
    // An administrator's address that nobody verified makes no administrator.
    const other = await visitor(open_door);
    await signIn(other, 'barbara');
    await other.waitForURL(`${open_door.url}/`);
    assert.match(await nameAt(other, open_door), /You are Barbara\./);
    assert.equal((await other.goto(`${open_door.url}/accounts`)).status(), 403);
    await other.context().close();
    const nobody = await visitor(open_door);
    await signIn(nobody, 'annie');
    await nobody.waitForURL(`${open_door.url}/`);
    assert.match(await nameAt(nobody, open_door), /New colleague/);
    await nobody.context().close();
  });

  it('an account is found by the id that the directory gave it', async () => {
    await openAccount(admin_of_open_door, open_door, {name: 'Mary Lou Jepsen', email: 'mary@example.org'});
    await admin_of_open_door.getByRole('link', {name: 'To the account'}).click();
    await admin_of_open_door.getByLabel('Id in the directory').fill('E-9');
    await admin_of_open_door.getByRole('button', {name: 'Save'}).click();
    await admin_of_open_door.getByRole('status').first().waitFor();
    const page = await visitor(open_door);
    await signIn(page, 'mary');
    await page.waitForURL(`${open_door.url}/`);
    assert.match(await nameAt(page, open_door), /Mary Lou Jepsen, mary@example\.org/);
    await page.context().close();
  });

  it('a key that the provider changed is fetched', async () => {
    const fetched = () => provider.asked.filter((path) => path === '/jwks').length;
    const before_it = fetched();
    const signsIn = async () => {
      const page = await visitor(strict);
      await signIn(page, 'grace');
      await page.waitForURL(`${strict.url}/`);
      await page.context().close();
    };
    await signsIn();
    assert.equal(fetched(), before_it, 'keys are kept');
    provider.rotate();
    await signsIn();
    assert.equal(fetched(), before_it + 1);
    await signsIn();
    assert.equal(fetched(), before_it + 1);
  });

  it('an answer counts once', async () => {
    const page = await visitor(strict);
    let answer;
    page.on('request', (request) => { if (request.url().includes('/sign-in/provider/answer?')) answer = request.url(); });
    await signIn(page, 'grace');
    await page.waitForURL(`${strict.url}/`);
    await page.context().clearCookies();
    assert.equal((await page.goto(answer)).status(), 403);
    assert.match(await page.getByRole('alert').innerText(), /took too long, or was finished already/);
    await page.context().close();
  });

  it('somebody else’s answer signs nobody in', async () => {
    const mallory = await visitor(strict);
    const answered = mallory.waitForRequest(/sign-in\/provider\/answer\?/);
    await mallory.goto((await start(mallory, strict)).href);
    // The answer never reaches us from her browser: her cookie is gone before it comes.
    await mallory.locator('[name=login]').fill('grace');
    await mallory.locator('[name=password]').fill('whatever');
    await mallory.getByRole('button', {name: 'Sign-in'}).click();
    await mallory.getByRole('button', {name: 'Continue'}).waitFor();
    await mallory.context().clearCookies({domain: '127.0.0.1'});
    await mallory.getByRole('button', {name: 'Continue'}).click();
    const answer = (await answered).url();
    const victim = await visitor(strict);
    await start(victim, strict);
    assert.equal((await victim.goto(answer)).status(), 403);
    assert.match(await victim.getByRole('alert').innerText(), /was not started here/);
    await victim.goto(`${strict.url}/account`);
    await victim.getByRole('heading', {name: 'Sign in', exact: true}).waitFor();
    for (const page of [mallory, victim]) await page.context().close();
  });

  for (const [what, change, words] of [
    ['a nonce of another sign-in', {nonce: 'another one'}, /belongs to another sign-in/],
    ['a code that somebody else asked for', {code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'}, /refused with status 400/],
  ]) {
    it(`${what} signs nobody in`, async () => {
      const page = await visitor(strict);
      const address = await start(page, strict);
      for (const [name, value] of Object.entries(change)) address.searchParams.set(name, value);
      await page.goto(address.href);
      await atProvider(page, 'grace');
      assert.match(await page.getByRole('alert').innerText(), words);
      await page.goto(`${strict.url}/account`);
      await page.getByRole('heading', {name: 'Sign in', exact: true}).waitFor();
      await page.context().close();
    });
  }

  it('whoever turns back at the provider is at the sign-in again, and can try once more', async () => {
    const page = await visitor(strict, '/levels/SSE');
    await page.getByRole('link', {name: 'Sign in with Example ID'}).click();
    await page.getByRole('link', {name: 'Cancel'}).click();
    assert.match(await page.getByRole('alert').innerText(), /sign-in was declined/);
    await sound(page, 'provider-declined');
    await signIn(page, 'grace');
    await page.waitForURL((url) => url.href.startsWith(strict.url) && !url.pathname.startsWith('/sign-in'));
    await page.context().close();
  });

  it('a clock that is a little off does not matter, and one that is far ahead is named', async () => {
    for (const seconds of [45, -45, -240]) {
      const page = await visitor(strict);
      await withClockAhead(seconds, async () => {
        await signIn(page, 'grace');
        await page.waitForURL(`${strict.url}/`);
      });
      await page.context().close();
    }
    const page = await visitor(strict);
    await withClockAhead(240, async () => assert.match(await refusal(page, 'grace'), /clocks of the two servers differ/));
    await page.context().close();
  });

  it('signing out here signs out at the provider, too, and comes back', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await visitor(strict, '/', {javaScriptEnabled});
      await signIn(page, 'grace');
      await page.waitForURL(`${strict.url}/`);
      await page.goto(`${strict.url}/account`);
      const kept = (await page.context().cookies(`${strict.url}/sign-out`)).filter((cookie) => cookie.name === 'waymark-hint');
      assert.equal(kept.length, 1, 'the browser keeps what the provider wants to see again');
      assert.ok(kept[0].httpOnly && !/^eyJ/.test(kept[0].value), 'sealed');
      assert.equal((await page.context().cookies(strict.url)).some((cookie) => cookie.name === 'waymark-hint'), false, 'no page gets it but the sign-out');
      const ending = page.waitForRequest((request) => request.url().includes('/session/end?'));
      await page.getByRole('button', {name: 'Sign out'}).click();
      const hint = new URL((await ending).url()).searchParams.get('id_token_hint');
      assert.equal(JSON.parse(Buffer.from(hint.split('.')[1], 'base64url')).aud, 'waymark');
      await page.getByText('Do you want to sign-out').waitFor();
      assert.deepEqual((await page.context().cookies(`${strict.url}/sign-out`)).filter((cookie) => cookie.name === 'waymark-hint'), []);
      const there = await page.context().request.get(`${strict.url}/account`, {maxRedirects: 0});
      assert.equal(there.status(), 303, 'signed out here already');
      await page.getByRole('button', {name: 'Yes, sign me out'}).click();
      await page.getByText('You are signed out.').waitFor();
      assert.equal(page.url(), `${strict.url}/sign-in?done=bye`);
      await page.getByRole('link', {name: 'Sign in with Example ID'}).click();
      await page.locator('[name=login]').waitFor();
      assert.deepEqual(page.problems, []);
      await page.context().close();
    }
  });

  it('who signed in with a password is not led to the provider', async () => {
    const page = await visitor(strict, '/account');
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.getByRole('button', {name: 'Sign out'}).click();
    await page.waitForURL(`${strict.url}/sign-in?done=bye`);
    await page.context().close();
  });

  it('the page that leads to the provider’s sign-out can be read where it is not left at once', async () => {
    const page = await visitor(strict);
    await page.route(`${strict.url}/sign-out/provider`, async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      assert.match(headers.refresh, /^0; url=http:\/\/localhost:\d+\/session\/end\?client_id=waymark&post_logout_redirect_uri=/);
      delete headers.refresh;
      await route.fulfill({response, headers});
    });
    await page.goto(`${strict.url}/sign-out/provider`);
    await page.getByRole('link', {name: 'Sign out at Example ID'}).waitFor();
    await sound(page, 'sign-out-provider');
    await page.context().close();
  });

  it('a provider that goes away in between is named, and comes back', async () => {
    const page = await visitor(strict, '/levels/SSE');
    provider.isDown = (path) => path === '/token';
    await signIn(page, 'grace');
    assert.match(await page.getByRole('alert').innerText(), /Example ID does not answer at the moment/);
    provider.isDown = () => false;
    await page.getByRole('link', {name: 'Sign in with Example ID'}).click();
    await page.waitForURL((url) => url.href.startsWith(strict.url) && !url.pathname.startsWith('/sign-in'));
    await page.context().close();
  });

  it('while the provider is away people are told so, and passwords work', async () => {
    const site = await serve(scope, {accounts: temporaryFolder(scope), environment: environment()});
    const first = await setUp(browser, site);
    await first.context().close();
    await provider.stop();
    const page = await visitor(site, '/levels/SSE');
    await page.getByRole('link', {name: 'Sign in with Example ID'}).click();
    assert.match(await page.getByRole('alert').innerText(), /Example ID does not answer at the moment.*password of Waymark/s);
    await sound(page, 'provider-away');
    assert.match(site.output(), /The OpenID provider does not do what it is asked\. what="http:\/\/localhost:\d+\/\.well-known\/openid-configuration did not answer/);
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.waitForURL(`${site.url}/levels/SSE`);
    await page.context().close();
  });

  it('nothing was said in the administrators’ consoles', () => {
    for (const page of [admin, admin_of_open_door]) assert.deepEqual(page.problems, []);
  });
});
