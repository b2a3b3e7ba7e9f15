// A directory's life with the running server, and every answer held against the schemas of scimmy. WAYMARK names the program; build/dev's unless said.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import SCIMMY from 'scimmy';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const waymark = path.resolve(process.env.WAYMARK ?? path.join(here, '../../build/dev/waymark'));
const fixture = (name) => JSON.parse(fs.readFileSync(path.join(here, '../fixtures/scim', name), 'utf8'));
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchOf = (...Operations) => ({schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations});

SCIMMY.Schemas.User.definition.extend(SCIMMY.Schemas.EnterpriseUser.definition, false);

let server, url, token, cookie;
const ends = [];
after(() => ends.reverse().forEach((end) => end()));

/** A form sent as a browser would. */
async function post(where, fields) {
  const answer = await fetch(url + where, {method: 'POST', redirect: 'manual', headers: cookie ? {cookie} : {}, body: new URLSearchParams(fields)});
  const set = answer.headers.getSetCookie().map((each) => each.split(';')[0]).filter((each) => each.startsWith('waymark='));
  if (set.length) cookie = set.at(-1);
  return {status: answer.status, body: await answer.text()};
}

before(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'waymark-scim-'));
  ends.push(() => fs.rmSync(folder, {recursive: true, force: true}));
  const made = spawnSync(waymark, ['init', path.join(folder, 'pathway')], {encoding: 'utf8'});
  assert.equal(made.status, 0, made.stderr);
  server = spawn(waymark, ['serve', '--pathway', path.join(folder, 'pathway'), '--listen', '127.0.0.1:0'], {stdio: ['ignore', 'pipe', 'pipe'], cwd: folder});
  ends.push(() => server.kill('SIGTERM'));
  const link = await new Promise((resolve, reject) => {
    let output = '';
    const look = (chunk) => {
      output += chunk;
      const found = /(http:\S+)\/set-up\?token=(\w+)/.exec(output);
      const at = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (found && at) resolve({at: at[0], token: found[2]});
    };
    server.stdout.on('data', look);
    server.stderr.on('data', look);
    server.on('exit', (code) => reject(new Error(`waymark serve ended with ${code}: ${output}`)));
  });
  url = link.at;
  const account = {email: 'ada@example.org', password: 'a brook under the old bridge'};
  assert.equal((await post('/set-up', {token: link.token, name: 'Ada Byron', ...account})).status, 303);
  if (!cookie) assert.equal((await post('/sign-in', account)).status, 303);
  const page = await (await fetch(`${url}/directories/new`, {headers: {cookie}})).text();
  const form_token = /name="form_token" value="([^"]+)"/.exec(page)[1];
  const connected = await post('/directories/new', {name: 'Contoso Entra ID', groups: 'teams', form_token});
  assert.equal(connected.status, 201);
  token = /waymark_scim_\w+/.exec(connected.body)[0];
});

/** Every answer is looked at, whatever it is about: its type, and its body by its schema. */
async function ask(method, where, body, headers = {}) {
  const answer = await fetch(`${url}/scim/v2${where}`, {
    method, headers: {authorization: `Bearer ${token}`, ...(body === undefined ? {} : {'content-type': 'application/scim+json'}), ...headers},
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const result = {status: answer.status, etag: answer.headers.get('etag'), location: answer.headers.get('location'), body: text ? JSON.parse(text) : undefined};
  if (answer.status === 204 || answer.status === 304) {
    assert.equal(text, '');
    return result;
  }
  assert.match(answer.headers.get('content-type'), /^application\/scim\+json/);
  conforms(result.body, answer.status, where);
  return result;
}

function resource(body, partial) {
  const kind = body.schemas.includes('urn:ietf:params:scim:schemas:core:2.0:Group') ? 'Group' : 'User';
  const definition = SCIMMY.Schemas[kind].definition;
  const known = definition.coerce(structuredClone(body), 'both');
  // Nothing that the schema does not know, and nothing in another form: what scimmy gives back is what was sent.
  for (const [name, value] of Object.entries(body)) {
    if (['schemas', 'meta'].includes(name)) continue;
    if (name === enterprise && !Object.keys(value).length) continue;
    assert.deepEqual(JSON.parse(JSON.stringify(known[name] ?? null)), value, name);
  }
  if (partial) return;
  assert.equal(body.meta.resourceType, kind);
  assert.match(body.meta.version, /^W\/"[0-9a-f]{32}"$/);
  assert.match(body.meta.location, new RegExp(`/scim/v2/${kind}s/${body.id}$`));
  assert.ok(Date.parse(body.meta.created) <= Date.parse(body.meta.lastModified));
}

function conforms(body, status, where) {
  const [schema] = body.schemas;
  if (schema === 'urn:ietf:params:scim:api:messages:2.0:Error') {
    assert.equal(body.status, String(status));
    assert.ok(status >= 400);
    assert.ok(body.detail.length > 10);
    if ([405, 415].includes(status)) return;  // ours to say; not in the list of RFC 7644
    const {schemas: _, ...said} = body;
    new SCIMMY.Messages.ErrorResponse(said);
    return;
  }
  assert.ok(status === 200 || status === 201, `${status} for ${where}`);
  if (schema === 'urn:ietf:params:scim:api:messages:2.0:ListResponse') {
    new SCIMMY.Messages.ListResponse(body);
    assert.equal(body.itemsPerPage, body.Resources.length);
    assert.ok(body.totalResults >= body.Resources.length);
    const asks = /[?&](attributes|excludedAttributes)=/.test(where);
    for (const each of body.Resources) {
      if (each.schemas[0].includes(':core:2.0:User') || each.schemas[0].includes(':core:2.0:Group')) resource(each, asks);
    }
  } else if (schema.endsWith(':ServiceProviderConfig')) {
    new SCIMMY.Schemas.ServiceProviderConfig(body);
  } else if (schema.endsWith(':ResourceType')) {
    new SCIMMY.Schemas.ResourceType(body);
  } else if (!schema.endsWith(':Schema')) {
    resource(body, /[?&](attributes|excludedAttributes)=/.test(where));
  }
}

const filtered = (kind, filter, more = '') => ask('GET', `/${kind}?filter=${encodeURIComponent(filter)}${more}`);

test('the service says what it can, and its schemas are part of those of the standard', async () => {
  const {body: config} = await ask('GET', '/ServiceProviderConfig');
  assert.deepEqual([config.patch.supported, config.filter.supported, config.sort.supported, config.etag.supported, config.bulk.supported, config.changePassword.supported],
    [true, true, true, true, false, false]);
  const {body: types} = await ask('GET', '/ResourceTypes');
  assert.deepEqual(types.Resources.map(({id, endpoint}) => [id, endpoint]), [['User', '/Users'], ['Group', '/Groups']]);
  assert.equal((await ask('GET', '/ResourceTypes/User')).body.schema, 'urn:ietf:params:scim:schemas:core:2.0:User');
  const {body: schemas} = await ask('GET', '/Schemas');
  const standard = {User: SCIMMY.Schemas.User, EnterpriseUser: SCIMMY.Schemas.EnterpriseUser, Group: SCIMMY.Schemas.Group};
  assert.equal(schemas.Resources.length, 3);
  for (const schema of schemas.Resources) {
    const {definition} = standard[schema.name];
    assert.equal(schema.id, definition.id);
    for (const attribute of schema.attributes) {
      const known = definition.attribute(attribute.name);
      assert.equal(attribute.type, known.type, attribute.name);
      assert.equal(attribute.multiValued, !!known.config.multiValued, attribute.name);
      for (const part of attribute.subAttributes ?? []) {
        const inner = known.subAttributes.find(({name}) => name === part.name);
        assert.ok(inner, `${attribute.name}.${part.name}`);
        assert.equal(part.type, inner.type, `${attribute.name}.${part.name}`);
      }
    }
    assert.equal((await ask('GET', `/Schemas/${schema.id}`)).body.id, schema.id);
  }
  for (const where of ['/Schemas/none', '/ResourceTypes/none', '/Users/none', '/Groups/none', '']) assert.equal((await ask('GET', where)).status, 404, where);
});

test('without a token, or with a wrong one, nothing is said', async () => {
  const right = token;
  for (const wrong of ['', 'waymark_scim_' + '0'.repeat(52), 'x']) {
    token = wrong;
    const {status} = await ask('GET', '/Users');
    assert.equal(status, 401);
  }
  token = right;
  const elsewhere = await fetch(`${url}/accounts`, {headers: {authorization: `Bearer ${token}`}});
  assert.equal(elsewhere.status, 403);
});

test('Entra ID: found, made, changed, in a team, disabled, deleted', async () => {
  assert.equal((await filtered('Users', 'userName eq "Ines.Okafor@contoso.example"')).body.totalResults, 0);
  const made = await ask('POST', '/Users', fixture('entra/create_user.json'));
  assert.equal(made.status, 201);
  assert.equal(made.location, made.body.meta.location);
  assert.equal(made.etag, made.body.meta.version);
  assert.equal(made.body.userName, 'Ines.Okafor@contoso.example');
  const {id} = made.body;
  const again = await ask('POST', '/Users', fixture('entra/create_user.json'));
  assert.deepEqual([again.status, again.body.scimType], [409, 'uniqueness']);
  const boss = (await ask('POST', '/Users', {schemas: [], userName: 'tomasz@contoso.example', displayName: 'Tomasz Lindqvist'})).body.id;
  const filled = (name) => JSON.parse(JSON.stringify(fixture(name)).replaceAll('MANAGER', boss).replaceAll('MEMBER', id));
  const changed = await ask('PATCH', `/Users/${id}`, filled('entra/patch_user.json'));
  assert.equal(changed.status, 200);
  assert.equal(changed.body[enterprise].manager.value, boss);
  assert.equal(changed.body.emails[0].value, 'ines.byrne@contoso.example');
  assert.equal((await ask('GET', `/Users/${id}`, undefined, {'if-none-match': changed.etag})).status, 304);
  assert.equal((await ask('PATCH', `/Users/${id}`, filled('entra/disable_user.json'), {'if-match': made.etag})).status, 412);
  assert.equal((await filtered('Users', `${enterprise}:manager.value eq "${boss}" and active eq true`)).body.totalResults, 1);
  assert.equal((await filtered('Users', 'emails[type eq "work" and value co "byrne"] or not (title pr)', '&sortBy=userName&sortOrder=descending&startIndex=1&count=1')).body.totalResults, 2);
  const group = await ask('POST', '/Groups', fixture('entra/create_group.json'));
  assert.equal(group.status, 201);
  assert.equal((await ask('PATCH', `/Groups/${group.body.id}`, filled('entra/add_member.json'))).status, 204);
  assert.deepEqual((await ask('GET', `/Groups/${group.body.id}`)).body.members.map(({value}) => value), [id]);
  assert.equal((await ask('GET', `/Users/${id}`)).body.groups[0].value, group.body.id);
  const light = await filtered('Groups', 'displayName eq "Payments platform"', '&excludedAttributes=members');
  assert.deepEqual([light.body.totalResults, light.body.Resources[0].members], [1, undefined]);
  assert.equal((await ask('PATCH', `/Groups/${group.body.id}`, filled('entra/remove_member.json'))).status, 204);
  assert.equal((await ask('PATCH', `/Users/${id}`, filled('entra/disable_user.json'))).body.active, false);
  assert.equal((await ask('PATCH', `/Users/${id}`, filled('entra/enable_user.json'))).body.active, true);
  assert.equal((await ask('DELETE', `/Groups/${group.body.id}`)).status, 204);
  assert.equal((await ask('DELETE', `/Users/${id}`)).status, 204);
  assert.equal((await ask('GET', `/Users/${id}`)).status, 404);
});

test('Okta: found, made, replaced, deactivated, a group pushed', async () => {
  assert.equal((await filtered('Users', 'userName eq "mateo.silva@okta.example"', '&startIndex=1&count=100')).body.totalResults, 0);
  const made = await ask('POST', '/Users', fixture('okta/create_user.json'));
  assert.equal(made.status, 201);
  const {id} = made.body;
  const filled = (name, group = '') => JSON.parse(JSON.stringify(fixture(name)).replaceAll('USER', id).replaceAll('GROUP', group));
  const put = await ask('PUT', `/Users/${id}`, filled('okta/replace_user.json'));
  assert.deepEqual([put.status, put.body.displayName, put.body.externalId], [200, 'Mateo Silva Reyes', '00u1mateo9silva0h7']);
  assert.equal((await ask('PATCH', `/Users/${id}`, filled('okta/deactivate_user.json'))).body.active, false);
  assert.equal((await ask('PUT', `/Users/${id}`, filled('okta/replace_user.json'))).body.active, true);
  const group = (await ask('POST', '/Groups', fixture('okta/create_group.json'))).body.id;
  assert.equal((await ask('PATCH', `/Groups/${group}`, filled('okta/push_group.json', group))).status, 204);
  assert.equal((await ask('GET', `/Groups/${group}`)).body.members.length, 1);
  const few = await ask('GET', `/Users/${id}?attributes=userName,emails.value`);
  assert.deepEqual(Object.keys(few.body).sort(), ['emails', 'id', 'schemas', 'userName']);
  const searched = await ask('POST', '/Users/.search', {schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'userName sw "mateo"', count: 1});
  assert.equal(searched.body.totalResults, 1);
});

test('what cannot be is refused in the form of the standard', async () => {
  const {id} = (await ask('POST', '/Users', {schemas: [], userName: 'noor@example.org', active: true})).body;
  const refused = async (status, scimType, ...request) => {
    const answer = await ask(...request);
    assert.deepEqual([answer.status, answer.body.scimType], [status, scimType], JSON.stringify(request));
  };
  await refused(400, 'invalidSyntax', 'POST', '/Users', '{');
  await refused(400, 'invalidValue', 'POST', '/Users', {schemas: []});
  await refused(400, 'invalidFilter', 'GET', '/Users?filter=userName');
  await refused(400, 'invalidPath', 'PATCH', `/Users/${id}`, patchOf({op: 'replace', path: 'emails[', value: 'x'}));
  await refused(400, 'mutability', 'PATCH', `/Users/${id}`, patchOf({op: 'replace', path: 'id', value: 'x'}));
  await refused(400, 'noTarget', 'PATCH', `/Users/${id}`, patchOf({op: 'remove'}));
  await refused(400, 'invalidValue', 'PATCH', `/Users/${id}`, patchOf({op: 'replace', path: 'active', value: 'perhaps'}));
  await refused(413, undefined, 'PATCH', `/Users/${id}`, patchOf(...Array(1001).fill({op: 'replace', path: 'title', value: 'x'})));
  await refused(413, undefined, 'POST', '/Users', `{"userName": "${'x'.repeat(1 << 20)}"}`);
  await refused(415, undefined, 'POST', '/Users', {userName: 'x'}, {'content-type': 'text/plain'});
  await refused(405, undefined, 'DELETE', '/Users');
  await refused(501, undefined, 'PROPFIND', '/Users');
  await refused(501, undefined, 'POST', '/Bulk', {schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: []});
  await refused(501, undefined, 'POST', '/.search', {schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']});
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) await refused(501, undefined, method, '/Me', method === 'GET' ? undefined : {});
  for (const method of ['GET', 'POST', 'DELETE']) await refused(404, undefined, method, '/Devices', method === 'GET' ? undefined : {});
});

test('the same create twice at once makes one user', async () => {
  for (let round = 0; round < 5; ++round) {
    const answers = await Promise.all(Array.from({length: 6}, () => ask('POST', '/Users', {schemas: [], userName: `twin${round}@example.org`})));
    assert.deepEqual(answers.map(({status}) => status).sort(), [201, 409, 409, 409, 409, 409]);
  }
});
