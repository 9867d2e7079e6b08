// The weighing desk by keyboard, and what is kept while the network is dead. What counts is worked out
// by the server; without this script the desk works all the same.
const entry = document.getElementById("entry");
const member = entry.elements.member_no;
const gross = entry.elements.gross_kg;
const ownRate = entry.elements.rate_rupees_per_kg;
const grades = [...entry.querySelectorAll("input[name=grade_code]")];
const at = (name) => document.querySelector(`[data-${name}]`);
const how = document.querySelector("[data-total=how]");
const amount = document.querySelector("[data-total=amount]");
const words = document.querySelector("[data-total=words]");
const make = document.querySelector("button[form=entry]");
const done = at("done");
const seller = document.getElementById("seller");
const untouched = how.textContent;
const day = entry.dataset;
let csrf = entry.elements.csrf.value;
let ahead = Number(day.now) - Date.now();

at("keys").hidden = false;
const chosen = () => grades.find((grade) => grade.checked);
const rateNow = () =>
  sums.whole(ownRate.value, 2) ?? (chosen()?.dataset.paise ? BigInt(chosen().dataset.paise) : null);

function lookAhead() {
  const found = sums.amountOf(gross.value, day, rateNow());
  how.textContent = untouched;
  amount.textContent = words.textContent = "";
  if (!found) return null;
  const { payable: label, kg } = how.dataset;
  how.textContent = `${label} ${sums.decimals(found.payable, 3)} ${kg} × ${sums.rupees(found.rate)}`;
  const strong = document.createElement("b");
  strong.textContent = sums.rupees(found.paise);
  amount.append(strong);
  words.textContent = sums.inWords(found.paise, day.words);
  return found;
}

// ---- who is there ----
let asking;
function greet() {
  const number = bare(member.value);
  if (number === seller.dataset.of) return;
  seller.dataset.of = number;
  asking?.abort();
  seller.replaceChildren();
  if (!/^\d{4}$|\//.test(number)) return;
  asking = new AbortController();
  fetch(outbox.spoken(`/desk/members/${encodeURIComponent(number)}`), {
    headers: { accept: "application/json" }, signal: asking.signal, redirect: "error",
  }).then(async (answer) => {
    if (!answer.ok) return;
    const said = await answer.json();
    const shown = document.getElementById(said.known ? "seller-known" : "seller-nobody");
    const part = shown.content.cloneNode(true);
    for (const [name, text] of Object.entries(said)) {
      const place = part.querySelector(`[data-say=${name}]`);
      if (place) place.textContent = text;
    }
    seller.replaceChildren(part);
  }).catch(() => { seller.dataset.of = ""; });
}

// A card's code or a scanner gives the cooperative's code before the number.
function bare(text) {
  const typed = sums.latin(text).toUpperCase();
  return typed.startsWith(`${day.code}/`) ? typed.slice(day.code.length + 1) : typed;
}

// ---- keys: Enter leads on, Escape begins anew ----
member.addEventListener("input", () => { if (bare(member.value).length === 4) greet(); });
member.addEventListener("change", greet);
member.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !grades.length) return;
  event.preventDefault();
  member.value = bare(member.value);
  greet();
  (chosen() || grades[0]).focus();
});
for (const grade of grades) {
  grade.addEventListener("keydown", (event) => {
    const key = sums.latin(event.key);
    const meant = grades.find((one) => one.value === key);
    if (meant) meant.checked = true;
    if (!meant && event.key !== "Enter") return;
    event.preventDefault();
    lookAhead();
    gross.focus();
    gross.select();
  });
}
gross.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !lookAhead()) return;
  event.preventDefault(); // the total is looked at before it is booked
  make.focus();
  make.scrollIntoView({ block: "nearest" });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.target.closest("form:not(#entry), dialog")) begin();
});
entry.addEventListener("input", lookAhead);

function begin() {
  for (const box of [member, gross, ownRate]) box.value = "";
  for (const grade of grades) grade.checked = false;
  if (entry.elements.confirm_rate) entry.elements.confirm_rate.checked = false;
  delete entry.dataset.replaces;
  delete entry.dataset.weighedAt;
  entry.elements.operation_id.value = newId();
  seller.dataset.of = "";
  seller.replaceChildren();
  problems([]);
  done.hidden = true;
  make.hidden = how.hidden = false;
  lookAhead();
  member.focus();
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// ---- what is wrong, at its field and above ----
function problems(refusals) {
  for (const old of document.querySelectorAll("#entry .err, .error-summary:not(#problems)")) old.remove();
  for (const box of entry.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid");
  for (const old of entry.querySelectorAll(".field--err")) old.classList.remove("field--err");
  const list = at("problems");
  list.replaceChildren();
  document.getElementById("problems").hidden = !refusals.length;
  for (const { field, message } of refusals) {
    const line = document.createElement("li");
    line.textContent = message;
    list.append(line);
    const box = field && document.getElementById(field);
    if (!box || !entry.contains(box)) continue;
    if (field === "confirm_rate") at("confirm-rate").hidden = false;
    if (box.closest("details")) box.closest("details").open = true;
    const said = document.createElement("p");
    said.className = "err";
    said.id = `${field}-error`;
    said.textContent = message;
    (box.closest(".keys, .unit, .choice") || box).before(said);
    box.setAttribute("aria-invalid", "true");
    box.closest(".field").classList.add("field--err");
  }
  const first = refusals.map((one) => one.field && document.getElementById(one.field))
    .find((box) => box && entry.contains(box));
  if (refusals.length) (first || gross).focus();
}

entry.addEventListener("submit", (event) => {
  if (!window.indexedDB || entry.dataset.plain) return; // then the form goes as without a script
  event.preventDefault();
  post();
});
if (!document.querySelector(".error-summary:not([hidden])")) member.focus();
lookAhead();
