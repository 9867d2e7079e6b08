// What was weighed and has no answer yet: kept on this phone before it is first sent, sent again with
// the same id until the server has answered. Numbers and weights only, nobody's name.
const outbox = (() => {
  const STORE = "outbox";
  let opened;

  function open() {
    opened ??= new Promise((done, fail) => {
      const asked = indexedDB.open("desk", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
      asked.onblocked = () => fail(new Error("blocked"));
    });
    return opened;
  }

  // Resolves when it stands on the disk, not when it was asked for.
  async function act(mode, work) {
    const database = await open();
    return new Promise((done, fail) => {
      const writing = database.transaction(STORE, mode, { durability: "strict" });
      const asked = work(writing.objectStore(STORE));
      writing.oncomplete = () => done(asked.result);
      writing.onabort = () => fail(writing.error);
    });
  }

  const keep = (entry) => act("readwrite", (store) => store.put(entry));
  const drop = (id) => act("readwrite", (store) => store.delete(id));
  const all = async () =>
    (await act("readonly", (store) => store.getAll())).sort((a, b) => a.made - b.made);

  // The answer comes in the language of the page that asks.
  const spoken = (path) => `${path}?lang=${document.documentElement.lang}`;

  // One try: what the server answered, or why there is no answer.
  async function send(entry, csrf, wait = 10000) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), wait);
    try {
      const answer = await fetch(spoken("/desk"), {
        method: "POST",
        headers: { accept: "application/json", "x-csrf-token": csrf },
        body: new URLSearchParams(entry.fields),
        credentials: "same-origin",
        redirect: "error",
        signal: stop.signal,
      });
      const { status } = answer;
      if (status === 401 || status === 403) return { outcome: "sign-in", status };
      if (status === 429 || status >= 500) return { outcome: "busy", status };
      const said = await answer.json();
      if (status === 200 || status === 201) return { outcome: "posted", status, said };
      if (said.refusals) return { outcome: "refused", status, said };
      return { outcome: "busy", status };
    } catch {
      return { outcome: "offline" };
    } finally {
      clearTimeout(timer);
    }
  }

  // Token, clerk, time and prices as they are now; null without network, "sign-in" without session.
  async function standing() {
    try {
      const answer = await fetch(spoken("/desk/standing"), {
        headers: { accept: "application/json" }, credentials: "same-origin", redirect: "error",
      });
      if (answer.status === 401) return "sign-in";
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  return { all, drop, keep, send, spoken, standing };
})();

// Whoever signs out with entries waiting is asked first: they stay on this phone, unsent.
for (const form of document.querySelectorAll("form[data-ask-unsent]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.asked) return;
    event.preventDefault();
    outbox.all().catch(() => []).then((waiting) => {
      const words = form.dataset.askUnsent.replace("%(num)s", waiting.length);
      if (waiting.length && !confirm(words)) return;
      form.dataset.asked = "yes";
      form.requestSubmit();
    });
  });
}
