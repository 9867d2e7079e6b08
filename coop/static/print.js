// Shows the print buttons: without a script the browser's own menu prints.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// A page that was asked for to be printed, and counted as a print, opens the window by itself.
if (document.querySelector("[data-print-now]")) window.print();
