// What an operator's Prometheus reads, checked by Prometheus' own tool.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import {it} from 'node:test';

import {serve, temporaryFolder} from './harness.mjs';

const get = (socketPath, address) => new Promise((resolve, reject) => {
  http.get({socketPath, path: address}, (response) => {
    let body = '';
    response.on('data', (chunk) => (body += chunk));
    response.on('end', () => resolve({status: response.statusCode, body}));
  }).on('error', reject);
});

it('metrics are served apart from the site, and promtool finds nothing to say', async (test) => {
  const socket = path.join(temporaryFolder(test), 'metrics');
  const site = await serve(test, {environment: {WAYMARK_METRICS_LISTEN: `unix:${socket}`}});
  assert.equal((await fetch(`${site.url}/levels/SSE`)).status, 200);
  assert.equal((await fetch(`${site.url}/metrics`)).status, 404);
  const {status, body} = await get(socket, '/metrics');
  assert.equal(status, 200);
  assert.match(body, /waymark_http_requests_total\{.*route="\/levels\/\{\}".*\} 1/);
  assert.equal((await get(socket, '/levels/SSE')).status, 404);
  const checked = spawnSync('promtool', ['check', 'metrics'], {input: body, encoding: 'utf8'});
  assert.equal(checked.stderr + checked.stdout, '');
  assert.equal(checked.status, 0);
});
