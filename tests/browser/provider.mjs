// A real OpenID provider on this machine, with people, keys and a clock that a test sets. At localhost, which is another site than 127.0.0.1.
import crypto from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

function newKey(kid) {
  const {privateKey} = crypto.generateKeyPairSync('rsa', {modulusLength: 2048});
  return {...privateKey.export({format: 'jwk'}), kid, use: 'sig', alg: 'RS256'};
}

/** `people`: what the provider says of each by login; read at every sign-in. */
export async function startProvider(test, {people, claims}) {
  const server = http.createServer();
  await new Promise((listening) => server.listen(0, 'localhost', listening));
  const issuer = `http://localhost:${server.address().port}`;
  const state = {issuer, asked: [], isDown: () => false, keys: [newKey('first')], clients: []};
  let answer;

  state.restart = () => {
    const warn = console.warn;
    console.warn = () => {};  // it says at every start that its own sign-in pages are for trying things out
    const provider = new Provider(issuer, {
      clients: state.clients,
      jwks: {keys: state.keys},
      claims,
      cookies: {keys: ['for this test']},
      ttl: {Interaction: 600, Session: 3600, Grant: 3600, AccessToken: 600, IdToken: 600},
      pkce: {required: () => true, methods: ['S256']},
      features: {devInteractions: {enabled: true}, rpInitiatedLogout: {enabled: true}},
      findAccount: (context, id) => ({accountId: id, claims: () => ({sub: id, ...people[id]})}),
    });
    console.warn = warn;
    provider.on('server_error', (context, error) => console.error(error));
    answer = provider.callback();
  };
  /** An installation of Waymark that may send people here. */
  state.register = (site, client) => {
    state.clients.push({
      redirect_uris: [`${site.url}/sign-in/provider/answer`],
      post_logout_redirect_uris: [`${site.url}/sign-in?done=bye`],
      token_endpoint_auth_method: client.client_secret ? 'client_secret_basic' : 'none',
      ...client,
    });
    state.restart();
  };
  /** Signs with another key from now on, and forgets the old one. */
  state.rotate = () => {
    state.keys = [newKey(`key-${state.asked.length}`)];
    state.restart();
  };

  server.on('request', (request, response) => {
    const path = new URL(request.url, issuer).pathname;
    state.asked.push(path);
    if (state.isDown(path)) request.socket.destroy();
    else answer(request, response);
  });
  state.stop = () => new Promise((stopped) => {
    server.close(stopped);
    server.closeAllConnections();
  });
  test.after(() => server.listening && state.stop());
  state.restart();
  return state;
}

/** What everybody's clock in this process says meanwhile, the provider's included. */
export async function withClockAhead(seconds, act) {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
  try {
    return await act();
  } finally {
    Date.now = now;
  }
}
