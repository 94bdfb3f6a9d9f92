export function render({ model }) {
  const box = document.createElement("div");
  box.className = "coach";
  box.innerHTML = `<span class="who">Coach</span><p aria-live="polite"></p>`;
  const line = box.querySelector("p");
  const show = () => {
    line.textContent = model.text;
    // The same element with the same words would not ease in again.
    line.getAnimations().forEach((animation) => { animation.cancel(); animation.play() });
  };
  model.on("text", show);
  show();
  return box;
}
