// Ed25519 as RFC 8032 has it, for verifying only: S below L, the key a canonical point of large
// order, no cofactor, R compared by bytes. Whole numbers are BigInt; nothing here is secret.
const P = (1n << 255n) - 19n;
const L = (1n << 252n) + 27742317777372353535851937790883648493n;
const mod = (a) => { const r = a % P; return r < 0n ? r + P : r; };

function power(base, exponent) {
  let result = 1n, square = mod(base);
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

const inverse = (a) => power(a, P - 2n);
const D = mod(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

const little = (bytes) => {
  let number = 0n;
  for (let i = bytes.length - 1; i >= 0; i -= 1) number = (number << 8n) | BigInt(bytes[i]);
  return number;
};

// Points as X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z (RFC 8032 §5.1.4).
const NEUTRAL = [0n, 1n, 1n, 0n];

function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * D * t2), d = mod(2n * z1 * z2);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function double([x, y, z]) {
  const a = mod(x * x), b = mod(y * y), c = mod(2n * z * z), h = a + b;
  const e = h - mod((x + y) * (x + y)), g = a - b, f = c + g;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(scalar, point) {
  let result = NEUTRAL, step = point;
  for (let s = scalar; s > 0n; s >>= 1n) {
    if (s & 1n) result = add(result, step);
    step = double(step);
  }
  return result;
}

function decompress(bytes) {
  const number = little(bytes), sign = number >> 255n, y = number & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n), v3 = mod(v * v * v);
  let x = mod(u * v3 * power(u * v3 * v3 * v, (P - 5n) / 8n));
  if (mod(v * x * x) !== u) {
    if (mod(v * x * x) !== mod(-u)) return null;
    x = mod(x * ROOT_OF_MINUS_ONE);
  }
  if (x === 0n && sign === 1n) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function compress([x, y, z]) {
  const over = inverse(z), whole = mod(y * over) | ((mod(x * over) & 1n) << 255n);
  return Uint8Array.from({ length: 32 }, (_, i) => Number((whole >> BigInt(8 * i)) & 255n));
}

const BASE = decompress(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66)));

function isSmall(point) {
  const [x, y, z] = double(double(double(point)));
  return x === 0n && mod(y - z) === 0n;
}

const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));
export const sha256 = (bytes) => digest('SHA-256', bytes);

// Whether a 64-byte signature of key x (32 bytes) stands over the bytes.
export async function holds(x, signature, bytes) {
  const s = little(signature.subarray(32));
  if (signature.length !== 64 || s >= L) return false;
  const key = decompress(x);
  if (key === null || isSmall(key)) return false;
  const r = signature.subarray(0, 32), all = new Uint8Array(64 + bytes.length);
  all.set(r); all.set(x, 32); all.set(bytes, 64);
  const h = little(await digest('SHA-512', all)) % L;
  const minusKey = [mod(-key[0]), key[1], key[2], mod(-key[3])];
  const found = compress(add(times(s, BASE), times(h, minusKey)));
  return found.every((byte, i) => byte === r[i]);
}
