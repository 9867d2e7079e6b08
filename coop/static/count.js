// Adds up the notes and coins while they are typed; Enter leads to the next box.
const form = document.getElementById("count");
const boxes = form ? [...form.querySelectorAll("[data-paise] input")] : [];
const shown = document.querySelector("[data-sum]");

function addUp() {
  let paise = 0n;
  for (const box of boxes) {
    const pieces = sums.whole(box.value, 0);
    if (pieces !== null) paise += pieces * BigInt(box.closest("[data-paise]").dataset.paise);
  }
  document.querySelector("[data-amount]").textContent = sums.rupees(paise);
}

if (shown) {
  shown.hidden = false;
  form.addEventListener("input", addUp);
  boxes.forEach((box, place) => box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !boxes[place + 1]) return;
    event.preventDefault();
    boxes[place + 1].focus();
  }));
  addUp();
}
