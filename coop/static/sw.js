// Keeps the verifier for times without a network: its page, its files, the list of keys and the
// status lists. It is registered for the verifier's own addresses only; no page of a signed-in
// person and nothing that somebody verified is kept.
const KEPT = 'verifier-1';
const PAGE = /^\/(hi|en)\/verify\/offline$/, FILE = /^\/static\/[a-z0-9.]+$/;
const KEYS = '/.well-known/mr1-keys', LISTS = '/mr1/statuses';
const TYPES = { [KEYS]: 'application/cose', [LISTS]: 'application/cbor' };
const PATIENCE = 4000;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== KEPT && name.startsWith('verifier-')) await caches.delete(name);
  await self.clients.claim();
})()));

// A page says in which language it is read; one visit is enough.
self.addEventListener('message', (event) => {
  if (event.data !== 'hi' && event.data !== 'en') return;
  event.waitUntil(keepAll(`/${event.data}/verify/offline`)
    .then(() => 'kept', () => 'not kept')
    .then((word) => event.source && event.source.postMessage(word)));
});

async function keepAll(path) {
  const kept = await caches.open(KEPT), page = await got(path), text = await page.clone().text();
  const found = [...text.matchAll(/(?:href|src|data-file)="(\/static\/[^"#]+)/g)].map((match) => match[1]);
  const files = [...new Set(found)];
  const answers = await Promise.all([KEYS, LISTS, ...files].map(got));
  // All or nothing, and the page last: what is kept fits together, and the last language opened stands last.
  await Promise.all([KEYS, LISTS, ...files].map((address, i) => kept.put(address, answers[i])));
  await kept.delete(path);
  await kept.put(path, page);
  for (const { url } of await kept.keys()) {
    const { pathname, search } = new URL(url);
    if (FILE.test(pathname) && files.some((one) => one.startsWith(`${pathname}?`) && one !== pathname + search)) await kept.delete(url);
  }
}

// Without cookies: the page is the one that a stranger sees. A café's sign-in page is not the answer.
async function got(address) {
  const answer = await fetch(address, { credentials: 'omit', cache: 'no-cache' });
  if (!fits(answer, address)) throw new Error(`not kept: ${address}`);
  return answer;
}

function fits(answer, address) {
  const { pathname, origin } = new URL(address, self.location), type = answer.headers.get('content-type') || '';
  if (!answer.ok || answer.redirected || origin !== self.location.origin) return false;
  if (TYPES[pathname]) return type.startsWith(TYPES[pathname]);
  if (FILE.test(pathname)) return !type.startsWith('text/html');
  return PAGE.test(pathname) && type.startsWith('text/html');
}

self.addEventListener('fetch', (event) => {
  const { request } = event, { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (TYPES[pathname]) event.respondWith(freshElseKept(request, pathname));
  else if (request.mode === 'navigate') {
    if (/^(\/(hi|en))?\/(verify|R)(\/|$)/.test(pathname)) event.respondWith(pageElseKept(request, pathname));
  } else if (FILE.test(pathname)) event.respondWith(search ? keptElseFresh(request) : freshElseKept(request, pathname));
});

// The network's answer where it comes soon and fits, else what is kept.
async function freshElseKept(request, address) {
  const kept = await caches.open(KEPT), found = await kept.match(address);
  const asked = fetch(request).then(async (answer) => {
    if (!fits(answer, request.url)) return found || answer;
    if (found) await kept.put(address, answer.clone());
    return answer;
  });
  if (!found) return asked;
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, found); });
  return Promise.race([asked.catch(() => found), late]).then((answer) => answer.clone());
}

// Every page comes from the network. Without one, or where it says nothing for long, the kept
// verifier stands in for all of them.
async function pageElseKept(request, pathname) {
  const kept = await caches.open(KEPT), own = PAGE.test(pathname) ? await kept.match(pathname) : undefined;
  const standIn = own || await lastOpened(kept, pathname);
  const asked = fetch(request).then((answer) => (own && answer.status >= 400 ? own : answer));
  if (!standIn) return asked;
  const late = new Promise((resolve) => { setTimeout(resolve, own ? PATIENCE : 2 * PATIENCE, standIn); });
  return Promise.race([asked.catch(() => standIn), late]);
}

async function lastOpened(kept, pathname) {
  const pages = (await kept.keys()).filter(({ url }) => PAGE.test(new URL(url).pathname));
  const wanted = pages.findLast(({ url }) => pathname.startsWith(new URL(url).pathname.slice(0, 4))) || pages.at(-1);
  return wanted ? kept.match(wanted) : undefined;
}

async function keptElseFresh(request) {
  return (await (await caches.open(KEPT)).match(request)) || fetch(request);
}
