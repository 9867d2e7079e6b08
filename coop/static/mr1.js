// Verifies MR1 receipts on this device, without a network: the same verdicts as `coop receipt verify`.
// Every number is a BigInt, every map is kept by the bytes of its keys: nothing is rounded or merged.
import { holds, sha256 } from './ed25519.js';

const TEXT = /^[Hh][Tt][Tt][Pp][Ss]:\/\/[A-Za-z0-9.-]{1,20}(?::[0-9]{1,5})?\/R\/([A-Z2-7]+)$/;
const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MOST = 1n << 64n, PLACES = 1n << 17n, LIST_BYTES = 32768, DEEPEST = 16;
const LONGEST = 90n * 86400n;
const encoder = new TextEncoder();
const AAD_RECEIPT = encoder.encode('MR1\0'), AAD_KEYS = encoder.encode('MR1K\0');
const NONE = new Uint8Array();

export const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((v, i) => v === b[i]);
const isInt = (v) => typeof v === 'bigint';
const isUint = (v, least = 0n) => isInt(v) && v >= least && v < MOST;
const isBytes = (v, length) => v instanceof Uint8Array && (length === undefined || v.length === length);
const isText = (v) => typeof v === 'string';

class NotCanonical extends Error {}

// Deterministic CBOR (RFC 8949 §4.2.1): integers, bytes, text, arrays, maps, null.
class Reader {
  constructor(data) { this.data = data; this.at = 0; }

  take(count) {
    const end = this.at + Number(count);
    if (end > this.data.length) throw new NotCanonical('cut short');
    const taken = this.data.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  head() {
    const first = this.take(1)[0], major = first >> 5, low = first & 31;
    if (low < 24) return [major, BigInt(low)];
    if (low > 27) throw new NotCanonical('indefinite or reserved');
    const size = 1 << (low - 24);
    let number = 0n;
    for (const byte of this.take(size)) number = (number << 8n) | BigInt(byte);
    if (number < (size === 1 ? 24n : 1n << BigInt(4 * size))) throw new NotCanonical('not the shortest');
    return [major, number];
  }

  item(depth) {
    const start = this.at, [major, number] = this.head();
    if (major === 0) return number;
    if (major === 1) return -1n - number;
    if (major === 2) return this.take(number);
    if (major === 3) return this.text(number);
    if (major === 4 || major === 5) {
      if (depth >= DEEPEST) throw new NotCanonical('too deep');
      return major === 4 ? this.array(number, depth) : this.map(number, depth);
    }
    if (this.at - start === 1 && this.data[start] === 0xf6) return null;
    throw new NotCanonical('a kind of item that MR1 does not use');
  }

  text(length) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(length));
    } catch {
      throw new NotCanonical('text that is not UTF-8');
    }
  }

  array(count, depth) {
    if (count > BigInt(this.data.length)) throw new NotCanonical('cut short');
    const found = [];
    for (let n = 0n; n < count; n += 1n) found.push(this.item(depth + 1));
    return found;
  }

  map(count, depth) {
    const found = new Map();
    let last = '';
    for (let n = 0n; n < count; n += 1n) {
      const start = this.at;
      this.item(depth + 1);
      const key = hex(this.data.subarray(start, this.at));
      // Hex keeps the order of bytes: a shorter key that begins another stands before it.
      if (key <= last) throw new NotCanonical('keys out of order or twice');
      last = key;
      found.set(key, this.item(depth + 1));
    }
    return found;
  }
}

export function decode(data) {
  const reader = new Reader(data), item = reader.item(0);
  if (reader.at !== data.length) throw new NotCanonical('bytes after the item');
  return item;
}

function head(major, number) {
  const kind = major << 5;
  if (number < 24) return [kind | number];
  if (number < 256) return [kind | 24, number];
  return [kind | 25, number >> 8, number & 255];
}

const bstr = (bytes) => [...head(2, bytes.length), ...bytes];

function toBeSigned(protectedBytes, aad, payload) {
  const words = encoder.encode('Signature1');
  return Uint8Array.from([0x84, ...head(3, words.length), ...words, ...bstr(protectedBytes), ...bstr(aad), ...longBytes(payload)]);
}

function longBytes(bytes) {
  if (bytes.length < 65536) return bstr(bytes);
  const n = bytes.length;
  return [0x5a, (n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255, ...bytes];
}

// A tagged COSE_Sign1, taken apart: whole, protected and payload canonical.
function takeApart(data) {
  if (data[0] !== 0xd2) throw new NotCanonical('tag 18 is missing');
  const parts = decode(data.subarray(1));
  if (!Array.isArray(parts) || parts.length !== 4) throw new NotCanonical('not four parts');
  const [protectedBytes, unprotected, payload, signature] = parts;
  if (!isBytes(protectedBytes) || !(unprotected instanceof Map) || unprotected.size) throw new NotCanonical('headers');
  if (!isBytes(payload) || !isBytes(signature, 64)) throw new NotCanonical('payload or signature');
  return { protectedBytes, header: decode(protectedBytes), claims: decode(payload), payload, signature };
}

// Keys of maps as their bytes in hex: 1 -> 01, 4 -> 04, -65601 -> 3a00010040.
const BODY = '3a00010040';

function kidOf(header, also = []) {
  if (!(header instanceof Map) || header.size !== 2 + also.length) return null;
  if (header.get('01') !== -19n || also.some(([key, value]) => header.get(key) !== value)) return null;
  const kid = header.get('04');
  return isBytes(kid, 8) ? kid : null;
}

async function keyId(x) {
  return (await sha256(Uint8Array.from([0xa3, 0x01, 0x01, 0x20, 0x06, 0x21, 0x58, 0x20, ...x]))).subarray(0, 8);
}

const signed = (x, message, aad) => holds(x, message.signature, toBeSigned(message.protectedBytes, aad, message.payload));

// The agency's list of keys. `refused` names why it counts as holding none.
export async function readTrustList(data, roots, now, minSeq = 0n) {
  const none = (refused, more = {}) => ({ keys: new Map(), iss: '', refused, ...more });
  let message;
  try { message = takeApart(data); } catch (wrong) { if (wrong instanceof NotCanonical) return none('form'); throw wrong; }
  const kid = kidOf(message.header);
  if (kid === null) return none('form');
  let root = null;
  for (const one of roots) if (same(await keyId(one), kid)) root = one;
  if (root === null) return none('root not pinned');
  if (!(await signed(root, message, AAD_KEYS))) return none('signature');
  return checkedList(message.claims, now, minSeq, none);
}

async function checkedList(claims, now, minSeq, none) {
  if (!(claims instanceof Map) || claims.size !== (claims.has('06') ? 6 : 5)) return none('form');
  const [iss, seq, issued, expires, rows] = ['01', '02', '03', '04', '05'].map((key) => claims.get(key));
  if (!isText(iss) || !/^[A-Z0-9]{1,8}$/.test(iss) || ![seq, issued, expires].every((v) => isUint(v))) return none('form');
  const keys = await readEntries(rows);
  if (keys === null || !logKeysHold(claims.has('06') ? claims.get('06') : [])) return none('entry');
  if (expires > issued + LONGEST) return none('holds too long');
  if (now >= expires) return none('expired', { iss, seq, expires });
  if (seq < minSeq) return none('older than one seen before', { iss, seq, expires });
  return { iss, seq, issued, expires, keys, refused: null };
}

async function readEntries(rows) {
  if (!Array.isArray(rows)) return null;
  const found = new Map();
  for (const row of rows) {
    if (!Array.isArray(row) || row.length !== 7) return null;
    const [kid, x, coop, notBefore, notAfter, state, from] = row;
    if (!isBytes(x, 32) || !isBytes(kid, 8) || !same(kid, await keyId(x)) || found.has(hex(kid))) return null;
    if (!isText(coop) || !/^(\*|[A-Z0-9]{3,10})$/.test(coop) || !isUint(notBefore) || !isUint(notAfter)) return null;
    if (state === 2n ? !isUint(from) : !((state === 0n || state === 1n) && from === null)) return null;
    found.set(hex(kid), { x, coop, notBefore, notAfter, state });
  }
  return found;
}

function logKeysHold(rows) {
  return Array.isArray(rows) && rows.every((row) => Array.isArray(row) && row.length === 3
    && isText(row[0]) && /^[^+\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/u.test(row[0])
    && (row[1] === 1n || row[1] === 4n) && isBytes(row[2], 32));
}

// A Token Status List, or null where anything about it is wrong.
export async function readStatusList(data, trust) {
  let message;
  try { message = takeApart(data); } catch (wrong) { if (wrong instanceof NotCanonical) return null; throw wrong; }
  const kid = kidOf(message.header, [['10', 'application/statuslist+cwt']]);
  const key = kid && trust.keys.get(hex(kid)), claims = message.claims;
  if (!key || key.coop !== '*' || key.state === 2n || !(claims instanceof Map)) return null;
  const [sub, exp, iat, held, ttl] = ['02', '04', '06', '19fffd', '19fffe'].map((k) => claims.get(k));
  const named = isText(sub) ? /\/mr1\/status\/(0|[1-9][0-9]{0,14})$/.exec(sub) : null;
  if (!named || ![exp, iat, ttl].every((v) => isInt(v) && v >= 0n)) return null;
  if (!(held instanceof Map) || held.size !== 2 || held.get('6462697473') !== 2n) return null;
  if (iat < key.notBefore || iat > key.notAfter || !(await signed(key.x, message, NONE))) return null;
  const bits = await unpacked(held.get('636c7374'));
  return bits && { n: BigInt(named[1]), bits, iat, freshUntil: exp < iat + ttl ? exp : iat + ttl };
}

async function unpacked(packed) {
  if (!isBytes(packed)) return null;
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
    const bits = new Uint8Array(await new Response(stream).arrayBuffer());
    return bits.length === LIST_BYTES ? bits : null;
  } catch {
    return null;
  }
}

export function bytesOfText(text) {
  const found = TEXT.exec(text);
  return found ? bytesOfCode(found[1]) : null;
}

function bytesOfCode(code) {
  if ([1, 3, 6].includes(code.length % 8)) return null;
  const out = new Uint8Array(Math.floor((code.length * 5) / 8));
  let bits = 0, held = 0, at = 0;
  for (const sign of code) {
    held = (held << 5) | SIGNS.indexOf(sign);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at] = (held >> bits) & 255;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 ? out : null;
}

// The verdict on a receipt's text at Unix second `now` (BigInt); `lists` by their number as text.
export async function judge(text, trust, lists, now) {
  const data = bytesOfText(text), said = (verdict, stage, receipt = null, list = null) => ({ verdict, stage, receipt, list });
  if (data === null) return said('MALFORMED', 'text');
  if (data.length > 1024) return said('MALFORMED', 'bytes');
  let message;
  try { message = takeApart(data); } catch (wrong) { if (wrong instanceof NotCanonical) return said('MALFORMED', 'canonical form'); throw wrong; }
  const kid = kidOf(message.header);
  if (kid === null) return said('MALFORMED', 'alg and kid');
  const receipt = readClaims(message.claims), key = trust.keys.get(hex(kid));
  const failed = key ? keyStage(message.claims, key, trust) : 'UNKNOWN_KEY';
  if (failed) return said(failed, 'key', receipt);
  if (!(await signed(key.x, message, AAD_RECEIPT))) return said('BAD_SIGNATURE', 'signature', receipt);
  if (receipt === null) return said('MALFORMED', 'schema');
  if (receipt.total !== total(receipt.lines)) return said('INCONSISTENT', 'arithmetic', receipt);
  const list = lists.get((receipt.sidx / PLACES).toString());
  if (!list) return said('GENUINE_STATUS_UNKNOWN', 'status', receipt);
  const place = Number(receipt.sidx % PLACES), status = (list.bits[place >> 2] >> (2 * (place & 3))) & 3;
  if (status) return said(['', 'VOID', 'HELD', 'REPLACED'][status], 'status', receipt, list);
  return said(now < list.freshUntil ? 'GENUINE_CURRENT' : 'GENUINE_STATUS_UNKNOWN', 'status', receipt, list);
}

function keyStage(claims, key, trust) {
  if (!(claims instanceof Map)) return 'MALFORMED';
  const iss = claims.get('01'), iat = claims.get('06'), body = claims.get(BODY);
  if (!isText(iss) || !isInt(iat) || iat < 0n || !Array.isArray(body) || !isText(body[2])) return 'MALFORMED';
  if (iss !== trust.iss || (key.coop !== '*' && key.coop !== body[2])) return 'UNKNOWN_KEY';
  if (iat < key.notBefore || iat > key.notAfter || key.state === 2n) return 'KEY_NOT_VALID_THEN';
  return null;
}

const total = (lines) => lines.reduce((sum, [, grams, rate]) => sum + (grams * rate + 500n) / 1000n, 0n);

function readClaims(claims) {
  if (!(claims instanceof Map) || claims.size !== 4) return null;
  const [iss, iat, cti, body] = ['01', '06', '07', BODY].map((k) => claims.get(k));
  if (!isText(iss) || !/^[A-Z0-9]{1,8}$/.test(iss) || !isUint(iat) || !isBytes(cti, 10) || !Array.isArray(body)) return null;
  const [ver, kind, coop, fy, no, lines, sum, sidx, party, lot, ref] = body;
  if (ver !== 1n || body.length !== { 1: 8, 2: 10, 3: 11 }[kind] || !isInt(kind)) return null;
  if (!isText(coop) || !/^[A-Z0-9]{3,10}$/.test(coop) || !isInt(fy) || fy < 0n || fy > 9999n) return null;
  if (fy % 100n !== (fy / 100n + 1n) % 100n || !isUint(no, 1n) || !isUint(sum) || !isUint(sidx)) return null;
  if (!linesHold(lines)) return null;
  if (kind === 2n && !(isText(party) && (party === 'URP' || gstinHolds(party)) && Array.isArray(lot) && lot.length === 2 && isUint(lot[0], 1n) && isBytes(lot[1], 32))) return null;
  if (kind === 3n && !(party === null && lot === null && isBytes(ref, 10))) return null;
  return { iss, iat, cti, kind, coop, fy, no, lines, total: sum, sidx, party: kind === 2n ? party : null };
}

function linesHold(lines) {
  if (!Array.isArray(lines) || lines.length < 1 || lines.length > 20) return false;
  return lines.every((line, i) => Array.isArray(line) && line.length === 3 && isUint(line[0]) && isUint(line[1], 1n) && isUint(line[2])
    && (i === 0 || lines[i - 1][0] < line[0]));
}

function gstinHolds(text) {
  if (!/^[0-9A-Z]{15}$/.test(text)) return false;
  const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  let sum = 0;
  for (let i = 0; i < 14; i += 1) {
    const product = signs.indexOf(text[i]) * (1 + (i % 2));
    sum += Math.floor(product / 36) + (product % 36);
  }
  return signs[(36 - (sum % 36)) % 36] === text[14];
}
