// A browser without voices neither speaks nor complains.
const PATIENCE_MS = 3000;

export function render({ model }) {
  const voice = window.speechSynthesis;
  let waiting = null;
  const silent = () => { clearTimeout(waiting); model.send_msg("silent") };
  const speak = () => {
    clearTimeout(waiting);
    voice?.cancel();
    const text = model.sentence.text;
    if (!text) return;
    if (!voice) { silent(); return; }
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = "en";
    utterance.onstart = () => clearTimeout(waiting);
    // A sentence that a newer one cuts off is no failure.
    utterance.onerror = ({error}) => { if (!["interrupted", "canceled"].includes(error)) silent() };
    waiting = setTimeout(silent, PATIENCE_MS);
    voice.speak(utterance);
  };
  model.on("sentence", speak);
  model.on("remove", () => { clearTimeout(waiting); voice?.cancel() });
  return document.createElement("span");
}
