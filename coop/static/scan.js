// Reads a QR by the browser's own detector, from the camera or a picture. Where it has none, nothing shows.

export async function scanning(root, form, verify) {
  if (!('BarcodeDetector' in self)) return;
  const formats = await self.BarcodeDetector.getSupportedFormats();
  if (!formats.includes('qr_code')) return;
  const detector = new self.BarcodeDetector({ formats: ['qr_code'] }), at = (name) => root.querySelector(`[data-${name}]`);
  const video = at('camera'), stop = at('stop');
  const wrong = (name) => { for (const one of root.querySelectorAll('[data-wrong]')) one.hidden = one.dataset.wrong !== name; };
  const found = (codes) => { form.elements.text.value = codes[0].rawValue; wrong(''); return verify(codes[0].rawValue); };
  let stream = null;

  const end = () => {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.hidden = true;
    stop.hidden = true;
  };

  async function look() {
    while (stream) {
      const codes = await detector.detect(video).catch(() => []);
      if (stream && codes.length) { end(); await found(codes); return; }
      await new Promise((resolve) => { setTimeout(resolve, 150); });
    }
  }

  at('scan').addEventListener('click', async () => {
    try {
      wrong('');
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = stream;
      video.hidden = false;
      stop.hidden = false;
      await video.play();
      await look();
    } catch {
      end();
      wrong('no-camera');
    }
  });
  stop.querySelector('button').addEventListener('click', end);
  form.elements.picture.addEventListener('change', async () => {
    const file = form.elements.picture.files[0];
    if (!file) return;
    const codes = await createImageBitmap(file).then((picture) => detector.detect(picture)).catch(() => []);
    if (codes.length) await found(codes);
    else wrong('no-code');
  });
  at('scan').hidden = !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  at('picture').hidden = false;
}
