// The weighing desk by keyboard, and a look ahead at the amount. What counts is worked out
// by the server; without this script the desk works all the same.
const entry = document.getElementById("entry");
const member = entry.elements.member_no;
const gross = entry.elements.gross_kg;
const grades = [...entry.querySelectorAll("input[name=grade_code]")];
const how = document.querySelector("[data-total=how]");
const amount = document.querySelector("[data-total=amount]");
const untouched = how.textContent;
const NBSP = "\u00a0";

document.querySelector("[data-keys]").hidden = false;

const latin = (text) =>
  text.replace(/[\u0966-\u096f]/g, (digit) => digit.charCodeAt(0) - 0x966).replace(/\s/g, "");

// A decimal text as a whole number of its last place: "18.4", 3 -> 18400n.
function whole(text, places) {
  const found = /^(\d{0,9})(?:\.(\d*))?$/.exec(latin(text));
  if (!found || (!found[1] && !found[2]) || (found[2] || "").length > places) return null;
  return BigInt((found[1] || "0") + (found[2] || "").padEnd(places, "0"));
}

const indian = (digits) => digits.replace(/\B(?=(?:\d\d)*\d{3}$)/g, ",");

function decimals(number, places) {
  const digits = number.toString().padStart(places + 1, "0");
  return indian(digits.slice(0, -places)) + "." + digits.slice(-places);
}

function lookAhead() {
  const chosen = grades.find((grade) => grade.checked);
  const { tare, moisture, waste, freeMoisture, freeWaste } = entry.dataset;
  const parts = [
    whole(gross.value, 3), BigInt(tare),
    whole(moisture, 3), whole(freeMoisture, 3), whole(waste, 3), whole(freeWaste, 3),
  ];
  how.textContent = untouched;
  amount.textContent = "";
  if (!chosen || !chosen.dataset.paise || parts.includes(null)) return;
  const [grams, bag, wet, wetFree, dirt, dirtFree] = parts;
  const net = grams - bag;
  if (net <= 0n) return;
  const over = (share, free) => 100000n - (share > free ? share - free : 0n);
  const scale = 100000n * 100000n;
  const payable = (2n * net * over(wet, wetFree) * over(dirt, dirtFree) + scale) / (2n * scale);
  const rate = whole(entry.elements.rate_rupees_per_kg.value, 2) ?? BigInt(chosen.dataset.paise);
  const paise = (payable * rate + 500n) / 1000n;
  const { payable: label, kg } = how.dataset;
  how.textContent = `${label} ${decimals(payable, 3)} ${kg} × ₹${NBSP}${decimals(rate, 2)}`;
  const strong = document.createElement("b");
  strong.textContent = `₹${NBSP}${decimals(paise, 2)}`;
  amount.append(strong);
}

// Enter leads on; only the weight, the last box, sends the form.
member.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !grades.length) return;
  event.preventDefault();
  (grades.find((grade) => grade.checked) || grades[0]).focus();
});

for (const grade of grades) {
  grade.addEventListener("keydown", (event) => {
    const key = latin(event.key);
    const meant = grades.find((one) => one.value === key);
    if (meant) meant.checked = true;
    if (!meant && event.key !== "Enter") return;
    event.preventDefault();
    lookAhead();
    gross.focus();
    gross.select();
  });
}

entry.addEventListener("input", lookAhead);
lookAhead();

// One press, one slip: the same form is not sent twice by an impatient hand.
let sent = false;
entry.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
window.addEventListener("pageshow", () => { sent = false; });
