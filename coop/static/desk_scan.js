// A member's card before the phone's camera, where the browser can read codes. A hand scanner types
// into the box by itself and needs none of this.
const press = at("scan");
const scanner = at("scanner");
const video = at("video");

if ("BarcodeDetector" in window && navigator.mediaDevices) press.hidden = false;

function endScan() {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  scanner.close();
  member.focus();
}

press.addEventListener("click", async () => {
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    member.focus(); // no camera, or it was not allowed: the number is typed
    return;
  }
  scanner.showModal();
  await video.play();
  const look = async () => {
    if (!video.srcObject) return;
    const [found] = await reader.detect(video).catch(() => []);
    if (!found) { requestAnimationFrame(look); return; }
    member.value = bare(found.rawValue).slice(0, 12);
    endScan();
    greet();
    (chosen() || grades[0] || member).focus();
  };
  look();
});
at("scan-stop").addEventListener("click", endScan);
scanner.addEventListener("cancel", (event) => { event.preventDefault(); endScan(); });
