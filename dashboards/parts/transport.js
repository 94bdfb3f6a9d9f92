const HTML = `
<div class="buttons">
  <button type="button" data-action="start" class="main" aria-keyshortcuts="Space">▶ Start <kbd>space</kbd></button>
  <button type="button" data-action="stop" class="main" aria-keyshortcuts="Space">■ Stop <kbd>space</kbd></button>
  <button type="button" data-action="pause" aria-keyshortcuts="P">Pause <kbd>p</kbd></button>
  <button type="button" data-action="resume" aria-keyshortcuts="P">Resume <kbd>p</kbd></button>
  <button type="button" data-action="mark" aria-keyshortcuts="M" title="Remember this moment in the session's comment">Mark <kbd>m</kbd></button>
  <span class="source"></span>
</div>
<p class="notice" role="status"></p>`;

const SHOWN = {
  idle: ["start"], ended: ["start"], busy: [],
  running: ["stop", "pause", "mark"], paused: ["stop", "resume", "mark"],
};
const KEYS = {
  " ": {idle: "start", ended: "start", running: "stop", paused: "stop"},
  p: {running: "pause", paused: "resume"},
  m: {running: "mark", paused: "mark"},
};
// Where a key means something of its own, it keeps that meaning.
const OWN = "input, select, textarea, button, a, summary, [contenteditable], [role=slider], [role=option]";

export function render({ model }) {
  const box = document.createElement("div");
  box.className = "desk";
  box.innerHTML = HTML;
  const buttons = [...box.querySelectorAll("button")];
  let screen = null;

  // Hands are on the guitar: nobody touches the screen to keep it awake.
  const keepAwake = async () => {
    const wanted = model.state === "running" && document.visibilityState === "visible";
    if (wanted && screen == null && navigator.wakeLock) {
      screen = await navigator.wakeLock.request("screen").catch(() => null);
      screen?.addEventListener("release", () => { screen = null });
    } else if (!wanted && screen != null) {
      await screen.release();
    }
  };
  const show = () => {
    const wanted = SHOWN[model.state];
    const focused = buttons.includes(box.getRootNode().activeElement);
    for (const button of buttons) button.hidden = !wanted.includes(button.dataset.action);
    if (focused) buttons.find((button) => !button.hidden)?.focus();
    box.dataset.state = model.state;
    box.querySelector(".source").textContent = ["running", "paused"].includes(model.state) ? model.source : "";
    keepAwake();
  };
  const tell = () => { box.querySelector(".notice").textContent = model.notice };
  const act = (action) => { if (action) model.send_msg(action) };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const target = event.composedPath()[0];
    if (target instanceof Element && target.matches(OWN)) return;
    const action = KEYS[event.key]?.[model.state];
    if (!action) return;
    event.preventDefault();
    act(action);
  };

  for (const button of buttons) button.addEventListener("click", () => act(button.dataset.action));
  document.addEventListener("keydown", press);
  document.addEventListener("visibilitychange", keepAwake);
  model.on("remove", () => {
    document.removeEventListener("keydown", press);
    document.removeEventListener("visibilitychange", keepAwake);
  });
  model.on("state", show);
  model.on("source", show);
  model.on("notice", tell);
  show();
  tell();
  return box;
}
