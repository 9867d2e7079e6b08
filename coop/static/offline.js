// The verifier's page: takes keys and lists along while there is a network, judges without one.
import { decode, judge, readStatusList, readTrustList } from './mr1.js';

const root = document.getElementById('verifier'), form = document.getElementById('one-form');
const many = document.querySelector('#many-form form'), out = document.getElementById('verdict');
const roots = root.dataset.roots.trim().split(' ').filter(Boolean)
  .map((text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16)));
const WARN = 30n * 86400n, SEQ = `mr1-seq-${root.dataset.roots.trim()}`, LONGEST = 2000, MOST = 500;
const PROVEN = ['GENUINE_CURRENT', 'GENUINE_STATUS_UNKNOWN', 'HELD', 'REPLACED', 'VOID'];
const SCOPES = [`/${root.dataset.lang}/verify`, '/verify', '/R/', `/${root.dataset.lang}/R/`];
const seconds = () => BigInt(Math.floor(Date.now() / 1000));
const two = (number) => String(number).padStart(2, '0');
const part = (id) => document.getElementById(id).content.cloneNode(true);

// Times as the cooperative's clock shows them, five and a half hours ahead of UTC, whatever the phone's zone is.
function inIndia(at) {
  const t = new Date((Number(at) + 19800) * 1000);
  return { day: `${two(t.getUTCDate())}-${two(t.getUTCMonth() + 1)}-${t.getUTCFullYear()}`, time: `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`, iso: `${t.toISOString().slice(0, 19)}+05:30` };
}
const LATEST = 32503680000n;
const moment = (at) => { const t = inIndia(at > LATEST ? LATEST : at); return `${t.day}, ${t.time}`; };
const grouped = (digits) => digits.replace(/\B(?=(?:\d\d)*\d{3}$)/g, ',');

function decimals(number, places, group = grouped) {
  const digits = number.toString().padStart(places + 1, '0');
  return `${group(digits.slice(0, -places))}.${digits.slice(-places)}`;
}

const rupees = (paise) => `₹\u00a0${decimals(paise, 2)}`;
const named = (kind, code) => {
  const found = [...root.querySelectorAll(`[data-names=${kind}] > li`)].find((one) => one.dataset.code === String(code));
  return found ? found.textContent : '';
};

function aged(at) {
  const hours = Math.max(0, Math.floor((Number(seconds()) - Number(at)) / 3600)), days = Math.floor(hours / 24);
  if (hours < 1) return named('words', 'fresh');
  const [kind, n] = days >= 2 ? ['day', days] : ['hour', hours];
  return named('words', n === 1 ? kind : `${kind}s`).replace('{1}', n);
}

const dated = (at) => named('words', 'list').replace('{1}', moment(at)).replace('{2}', aged(at));

// ---- what is carried ----
async function bytesAt(address) {
  try {
    const answer = await fetch(address, { credentials: 'omit' });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

function highestSeen(seq) {
  try {
    const highest = BigInt(localStorage.getItem(SEQ) || '0');
    if (seq > highest) localStorage.setItem(SEQ, seq.toString());
    return highest;
  } catch {
    return 0n;
  }
}

async function carried() {
  const lists = new Map(), [keys, bundle] = await Promise.all([bytesAt('/.well-known/mr1-keys'), bytesAt('/mr1/statuses')]);
  if (!keys) return { trust: { keys: new Map(), iss: '', refused: 'missing' }, lists };
  const trust = await readTrustList(keys, roots, seconds(), highestSeen(0n));
  if (!trust.refused) highestSeen(trust.seq);
  for (const served of listsIn(bundle)) {
    const list = await readStatusList(served, trust), n = list && list.n.toString();
    if (list && !(lists.has(n) && lists.get(n).iat >= list.iat)) lists.set(n, list);
  }
  return { trust, lists };
}

function listsIn(bundle) {
  try {
    const found = bundle ? decode(bundle) : [];
    return Array.isArray(found) ? found.filter((one) => one instanceof Uint8Array) : [];
  } catch {
    return [];
  }
}

let known = null, kept = false;

function showAges() {
  const { trust, lists } = known, old = trust.refused === 'expired';
  const oldest = [...lists.values()].reduce((age, { iat }) => (age === null || iat < age ? iat : age), null);
  const say = (name, at, age) => {
    const place = root.querySelector(`[data-age=${name}]`), small = document.createElement('small');
    small.textContent = age && at ? aged(at) : '';
    place.replaceChildren(at ? moment(at) : '–', ...(small.textContent ? [small] : []));
  };
  say('keys', trust.issued, true);
  say('expires', trust.expires, false);
  say('lists', oldest, true);
  const carries = kept && !trust.refused && oldest !== null, soon = carries && trust.expires - seconds() < WARN;
  const state = old ? 'old' : soon ? 'soon' : carries ? 'ready' : 'visit';
  for (const one of root.querySelectorAll('[data-state]')) one.hidden = one.dataset.state !== state;
  root.querySelector('[data-no-script]').hidden = true;
}

// ---- verdicts ----
async function judged(text) {
  const { trust, lists } = known, found = await judge(text, trust, lists, seconds());
  if (found.verdict === 'UNKNOWN_KEY' && trust.refused === 'expired') return { ...found, shown: 'KEY_LIST_OUT_OF_DATE' };
  if (found.verdict === 'UNKNOWN_KEY' && trust.refused === 'missing') return { ...found, shown: 'NO_KEYS' };
  return { ...found, shown: found.verdict };
}

const numberOf = ({ coop, fy, kind, no }) => `${coop}-${two(fy / 100n)}-${{ 1: 'S', 2: 'B', 3: 'R' }[kind]}${no.toString().padStart(5, '0')}`;

function goods(receipt, proven) {
  const card = part(proven ? 'goods' : 'unproven'), row = card.querySelector('[data-line]');
  const fill = (name, text, within = card) => {
    const place = within.querySelector(`[data-fill=${name}]`);
    if (text) place.textContent = text;
    else place.closest('div').remove();
  };
  for (const [grade, grams, rate] of receipt.lines) {
    const line = row.cloneNode(true);
    fill('kg', decimals(grams, 3), line);
    fill('grade', `${grade} ${named('grades', grade)}`.trim(), line);
    fill('rate', rupees(rate), line);
    row.before(line);
  }
  row.remove();
  fill('date', moment(receipt.iat));
  fill('code', receipt.coop);
  card.querySelector('[data-fill=cooperative]').textContent = named('cooperatives', receipt.coop) || receipt.coop;
  fill('kind', named('kinds', receipt.kind));
  fill('buyer', receipt.party && (named('words', receipt.party) || receipt.party));
  fill('number', numberOf(receipt));
  fill('amount', rupees(receipt.total));
  card.querySelector('[data-before-tax]').hidden = receipt.kind !== 2n;
  return card;
}

const FAILS = { MALFORMED: 0, UNKNOWN_KEY: 1, KEY_NOT_VALID_THEN: 1, BAD_SIGNATURE: 1, INCONSISTENT: 2 };
const STATUS = { GENUINE_CURRENT: 'ok', VOID: 'bad' };

function checks({ verdict, shown }) {
  const card = part('checks'), place = card.querySelector('ul'), failed = FAILS[verdict];
  const wrong = shown === verdict ? 'bad' : 'wait';
  const states = failed === undefined ? ['ok', 'ok', 'ok', STATUS[verdict] || 'wait', 'off']
    : [0, 1, 2, 3, 4].map((i) => (i < failed ? 'ok' : i === failed ? wrong : 'off'));
  ['text', 'seal', 'sum', 'status', 'log'].forEach((key, i) => place.append(part(`check-${key}-${states[i]}`)));
  return card;
}

function show(found) {
  const said = part(`v-${found.shown}`), age = said.querySelector('[data-fill=list]');
  if (age) age.textContent = found.list ? dated(found.list.iat) : named('words', 'no-list');
  const receipt = found.shown === 'NO_KEYS' ? null : found.receipt, columns = document.createElement('div');
  columns.className = 'cols cols--21';
  columns.append(...(receipt ? [goods(receipt, PROVEN.includes(found.verdict))] : []), checks(found));
  out.replaceChildren(said, columns);
  out.dataset.verdict = found.shown;
  document.title = out.querySelector('[data-title]').textContent;
  out.focus();
}

async function verify(text) {
  known = known || await carried();
  show(await judged(text.trim().slice(0, LONGEST)));
}

// ---- many ----
const plain = (text) => (/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text);
const cell = (text) => `"${plain(String(text)).replaceAll('"', '""')}"`;

async function verifyMany(texts) {
  known = known || await carried();
  const card = part('many'), body = card.querySelector('tbody'), csv = ['line,verdict,receipt,cooperative,kind,issued_at,grams,rupees,buyer'];
  let current = 0;
  for (const [i, text] of texts.entries()) {
    const found = await judged(text), receipt = PROVEN.includes(found.verdict) ? found.receipt : null;
    const grams = receipt && receipt.lines.reduce((sum, line) => sum + line[1], 0n);
    current += found.verdict === 'GENUINE_CURRENT' ? 1 : 0;
    body.append(tableRow(i + 1, found, receipt, grams));
    csv.push((receipt ? [i + 1, found.shown, numberOf(receipt), receipt.coop, receipt.kind, inIndia(receipt.iat > LATEST ? LATEST : receipt.iat).iso, grams, decimals(receipt.total, 2, String), receipt.party || '']
      : [i + 1, found.shown, '', '', '', '', '', '', '']).map(cell).join(','));
  }
  card.querySelector('[data-fill=counted]').textContent = named('words', 'counted').replace('{1}', texts.length).replace('{2}', current);
  card.querySelector('[data-csv]').addEventListener('click', () => save(csv));
  out.replaceChildren(card);
  out.dataset.verdict = 'many';
  out.focus();
}

function tableRow(line, found, receipt, grams) {
  const row = part('many-row'), fill = (name, text) => {
    const place = row.querySelector(`[data-fill=${name}]`);
    place.textContent = text;
    if (!text) place.closest('td').replaceChildren();
  };
  row.querySelector('[data-fill=verdict]').append(part(`tag-${found.shown}`));
  row.querySelector('[data-fill=number]').textContent = receipt ? numberOf(receipt) : named('words', 'unread');
  fill('line', String(line));
  fill('date', receipt ? moment(receipt.iat) : '');
  fill('kg', receipt ? decimals(grams, 3) : '');
  fill('amount', receipt ? rupees(receipt.total) : '');
  for (const one of row.querySelectorAll('td')) one.classList.toggle('nil', !one.textContent.trim());
  return row;
}

function save(lines) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/csv' }));
  link.download = 'verdicts.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// The cell of each row that looks like a receipt; a line without one is judged as it stands.
function textsOf(content) {
  const lines = content.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).map((line) => line.trim()).filter(Boolean);
  const found = lines.map((line) => (/[^,;\t"]*\/R\/[^,;\t"]*/i.exec(line) || [line])[0].trim());
  return found.length > 1 && !/\/R\//i.test(found[0]) && /[,;\t]/.test(lines[0]) ? found.slice(1) : found;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  verify(form.elements.text.value);
});

many.addEventListener('submit', async (event) => {
  const file = many.elements.file.files[0], texts = textsOf(file ? await file.text() : many.elements.texts.value);
  if (!texts.length) many.elements.texts.focus();
  else await verifyMany(texts.slice(0, MOST));
});
many.addEventListener('submit', (event) => event.preventDefault());

// ---- kept for flight mode ----
async function keep() {
  if (!('serviceWorker' in navigator)) return;
  const hears = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener('message', ({ data }) => resolve(data === 'kept'));
  });
  await Promise.all(SCOPES.map((scope) => navigator.serviceWorker.register('/sw.js', { scope, updateViaCache: 'none' })));
  (await navigator.serviceWorker.ready).active.postMessage(root.dataset.lang);
  kept = await hears || Boolean(await caches.match(`/${root.dataset.lang}/verify/offline`));
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
}

async function begin() {
  known = await carried();
  showAges();
  // A printed code that was opened without a network: the address itself is the receipt.
  const printed = /^(?:\/(?:hi|en))?(\/R\/.+)$/.exec(location.pathname);
  if (printed) {
    form.elements.text.value = `HTTPS://${root.dataset.host}${printed[1]}`;
    await verify(form.elements.text.value);
  }
  await keep().catch(() => {});
  showAges();
  root.dataset.kept = kept ? 'yes' : 'no';
}

begin();
import('./scan.js').then(({ scanning }) => scanning(root, form, verify)).catch(() => {});
