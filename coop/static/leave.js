// "Leave" works as a link; here it leaves nothing to go back to.
document.getElementById("out").addEventListener("click", function (event) {
  event.preventDefault();
  location.replace(this.href);
});
