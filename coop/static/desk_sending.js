// From the form to a slip: kept on this phone first, then sent; what has no answer waits and goes again.
const box = document.getElementById("outbox");
const net = at("net");
let reached = navigator.onLine;
let signIn = false;
let busy = false;

const mine = (one) => one.clerk === day.clerk;

function takenDown() {
  const typed = Object.fromEntries(new FormData(entry));
  delete typed.csrf;
  typed.member_no = bare(typed.member_no);
  const made = Date.now() + ahead;
  typed.weighed_at = entry.dataset.weighedAt || new Date(made).toISOString();
  const rate = chosen()?.dataset.paise;
  if (rate) typed.shown_rupees_per_kg = sums.plain(BigInt(rate), 2);
  const found = lookAhead();
  return {
    id: typed.operation_id, clerk: day.clerk, made, fields: typed, refused: null,
    grams: String(found?.payable ?? ""), paise: String(found?.paise ?? ""),
  };
}

async function post() {
  if (busy) return; // one press, one slip
  busy = true;
  make.setAttribute("aria-busy", "true");
  const one = takenDown();
  try {
    await outbox.keep(one);
  } catch {
    entry.dataset.plain = "yes"; // nothing can be kept here: the form goes as without a script
    entry.requestSubmit();
    return;
  }
  const { replaces } = entry.dataset;
  const answer = await trying(one);
  busy = false;
  make.removeAttribute("aria-busy");
  if (answer.outcome === "refused") {
    await outbox.drop(one.id);
    entry.elements.operation_id.value = newId();
    problems(answer.said.refusals);
  } else {
    if (replaces) await outbox.drop(replaces); // refused once more it stays in the list
    finished(one, answer.outcome === "posted" ? answer.said : null);
  }
  draw();
}

// Sends one entry; a posted one is taken out. A token of an earlier session is renewed once.
async function trying(one) {
  let answer = await outbox.send(one, csrf);
  if (answer.outcome === "sign-in" && (await renew())) answer = await outbox.send(one, csrf);
  reached = answer.outcome !== "offline";
  signIn = answer.outcome === "sign-in";
  if (answer.said) learn(answer.said);
  if (answer.outcome === "posted") await outbox.drop(one.id);
  return answer;
}

// True where this same clerk is signed in; another clerk's page must be opened anew.
async function renew() {
  const now = await outbox.standing();
  reached = now !== null;
  signIn = now === "sign-in" || (now !== null && now.clerk !== day.clerk);
  if (now === null || signIn) return false;
  learn(now);
  return true;
}

function learn(said) {
  csrf = said.csrf;
  ahead = said.now - Date.now();
  entry.elements.csrf.value = csrf;
  for (const grade of grades) {
    const paise = said.prices[grade.value];
    if (paise === undefined || paise === null) delete grade.dataset.paise;
    else if (grade.dataset.paise !== String(paise)) {
      grade.dataset.paise = paise;
      grade.parentElement.querySelector("em").textContent = sums.rupees(BigInt(paise));
    }
  }
  keepFocus(() => { document.getElementById("slips").innerHTML = said.slips; });
  countDown();
  lookAhead();
}

// ---- the slip that was made, signed or raw ----
let last = null;
function finished(one, said) {
  last = { one, said };
  const raw = !said;
  done.classList.toggle("done--raw", raw);
  for (const part of done.querySelectorAll("[data-raw]")) part.hidden = !raw;
  for (const part of done.querySelectorAll("[data-signed]")) part.hidden = raw;
  const say = (name, text) => { done.querySelector(`[data-say=${name}]`).textContent = text; };
  say("number", said ? said.number : "");
  say("member", one.fields.member_no);
  say("amount", said ? said.amount : one.paise ? sums.rupees(BigInt(one.paise)) : "");
  say("words", said ? said.words : one.paise ? sums.inWords(BigInt(one.paise), day.words) : "");
  begin();
  done.hidden = false;
  make.hidden = how.hidden = true;
  at("print-next").focus();
}

async function printSlip({ one, said }) {
  const paper = document.getElementById("paper");
  paper.replaceChildren();
  if (said) {
    // Asked for as a print: the server counts it, and the next one says COPY.
    const answer = await fetch(outbox.spoken(`${said.path}/print`), {
      method: "POST", headers: { "x-csrf-token": csrf }, redirect: "error",
    }).catch(() => null);
    if (answer?.ok) {
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      const slip = found.querySelector("article.slip");
      if (slip) paper.append(document.importNode(slip, true));
    }
  } else {
    paper.append(rawSlip(one));
  }
  if (paper.childElementCount) window.print();
  paper.replaceChildren();
}

function rawSlip(one) {
  const slip = document.getElementById("raw-slip").content.cloneNode(true);
  const grade = grades.find((each) => each.value === one.fields.grade_code);
  const texts = {
    time: new Date(one.fields.weighed_at).toLocaleString("en-IN", { timeZone: "Asia/Kolkata" }),
    member: one.fields.member_no,
    grade: grade ? grade.closest("label").innerText.split("\n").slice(0, 2).join(" ") : one.fields.grade_code,
    gross: one.fields.gross_kg, tare: one.fields.tare_kg,
    payable: one.grams ? sums.decimals(BigInt(one.grams), 3) : "",
    amount: one.paise ? sums.rupees(BigInt(one.paise)) : "",
    words: one.paise ? sums.inWords(BigInt(one.paise), day.words) : "",
    id: one.id.slice(0, 8),
  };
  for (const [name, text] of Object.entries(texts)) slip.querySelector(`[data-say=${name}]`).textContent = text;
  return slip;
}

at("print-next").addEventListener("click", async () => {
  const shown = last;
  begin(); // the next one may step up while the paper comes
  await printSlip(shown);
  if (document.activeElement === document.body) member.focus();
});
at("next").addEventListener("click", begin);

// ---- undo and reprint from the last five ----
document.getElementById("slips").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(outbox.spoken(form.getAttribute("action")), {
    method: "POST", headers: { accept: "application/json", "x-csrf-token": csrf }, redirect: "error",
  }).catch(() => null);
  const said = answer && (await answer.json().catch(() => null));
  if (answer?.ok) learn(said);
  else if (said?.refusals) problems(said.refusals);
  else { reached = answer !== null; draw(); }
  if (!said?.refusals) member.focus();
});
document.getElementById("slips").addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-reprint]");
  if (!link) return;
  event.preventDefault();
  await printSlip({ said: { path: link.getAttribute("href") } });
  member.focus();
});
function countDown() {
  for (const form of document.querySelectorAll("[data-undo]")) form.dataset.until = Date.now() + 1000 * form.dataset.undo;
}
setInterval(() => {
  for (const form of document.querySelectorAll("[data-until]")) {
    const left = Math.ceil((form.dataset.until - Date.now()) / 1000);
    if (left <= 0) {
      if (form.contains(document.activeElement)) member.focus();
      form.remove();
    } else {
      form.querySelector("[data-left]").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }
  }
}, 1000);

// ---- what waits: drawn, and sent again ----
async function draw() {
  const kept = await outbox.all().catch(() => []);
  const waiting = kept.filter(mine);
  const unsent = waiting.filter((one) => !one.refused).length;
  const word = signIn ? "signedOut" : reached ? "online" : "offline";
  net.hidden = false;
  net.classList.toggle("net--off", word !== "online" || unsent > 0);
  at("net-word").textContent = unsent ? `${net.dataset[word]} ` : net.dataset[word];
  at("net-count").textContent = unsent || "";
  at("net-count").hidden = at("net-left").hidden = !unsent;
  at("sign-in").hidden = !signIn;
  at("send").hidden = !waiting.length;
  at("send-count").textContent = waiting.length;
  at("others").hidden = kept.length === waiting.length;
  at("others-count").textContent = kept.length - waiting.length;
  box.hidden = !kept.length && !signIn;
  keepFocus(() => at("waiting").replaceChildren(...waiting.map(row)));
}

// What is drawn anew may have held the cursor: then it comes back to the member number.
function keepFocus(change) {
  const before = document.activeElement;
  change();
  if (!before.isConnected) member.focus();
}

function row(one) {
  const part = document.getElementById("waiting-row").content.cloneNode(true);
  const say = (name, text) => { part.querySelector(`[data-say=${name}]`).textContent = text; };
  say("member", one.fields.member_no);
  say("grade", one.fields.grade_code);
  say("kg", one.fields.gross_kg);
  say("amount", one.paise ? sums.rupees(BigInt(one.paise)) : "");
  say("why", one.refused ? one.refused.join(" ") : "");
  for (const press of part.querySelectorAll("[data-refused]")) press.hidden = !one.refused;
  part.querySelector("[data-correct]").addEventListener("click", () => correct(one));
  part.querySelector("[data-raw-print]").addEventListener("click", async () => { await printSlip({ one }); member.focus(); });
  part.querySelector("[data-take-off]").addEventListener("click", async () => {
    if (!confirm(box.dataset.takeOff)) return;
    await outbox.drop(one.id);
    await draw();
    member.focus();
  });
  return part;
}

// Back into the form as it was typed, at the time at which it was weighed; it leaves the list when it is sent.
function correct(one) {
  begin();
  for (const name of ["member_no", "gross_kg", "rate_rupees_per_kg"]) entry.elements[name].value = one.fields[name] || "";
  for (const grade of grades) grade.checked = grade.value === one.fields.grade_code;
  entry.dataset.replaces = one.id;
  entry.dataset.weighedAt = one.fields.weighed_at;
  problems(one.refused.map((message) => ({ message })));
  lookAhead();
  member.focus();
}

let flushing = false;
async function flush(all = false) {
  if (flushing || busy) return;
  flushing = true;
  try {
    const waiting = (await outbox.all()).filter((one) => mine(one) && (all || !one.refused));
    if (waiting.length || !reached || signIn) await renew();
    for (const one of waiting) {
      if (!reached || signIn || busy) break;
      const answer = await trying(one);
      if (answer.outcome === "refused") {
        await outbox.keep({ ...one, refused: answer.said.refusals.map((each) => each.message) });
      } else if (answer.outcome !== "posted") break;
    }
  } catch { /* the store is away for a moment: the timer comes again */ } finally {
    flushing = false;
    draw();
  }
}

at("send").addEventListener("click", async () => { await flush(true); member.focus(); });
window.addEventListener("online", () => flush());
window.addEventListener("offline", () => { reached = false; draw(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) flush(); });
window.addEventListener("pageshow", (event) => { if (event.persisted) { begin(); flush(); } });
window.addEventListener("focus", () => { if (document.activeElement === document.body) member.focus(); });
setInterval(flush, 15000);
countDown();
flush();
