const HTML = `
<div class="note" role="img" aria-label="no note">
  <div class="name"><span class="letter">♪</span><span class="accidental"></span><span class="octave"></span></div>
  <div class="tuning">
    <div class="cents">play a note</div>
    <div class="scale">
      <span class="end">flat</span>
      <div class="track">
        <i class="tick" style="left:25%"></i><i class="tick centre" style="left:50%"></i><i class="tick" style="left:75%"></i>
        <i class="needle"></i>
      </div>
      <span class="end">sharp</span>
    </div>
  </div>
  <div class="place"><div class="scale-name"></div><div class="degree"><span class="symbol"></span> <span class="words"></span></div></div>
</div>`;

export function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "box";
  box.innerHTML = HTML;
  const find = (selector) => box.querySelector(selector);
  const root = find(".note");

  const show = () => {
    const note = model.note;
    root.classList.toggle("silent", note == null || note.over);
    if (note == null) return;
    const [, letter, accidental, octave] = note.name.match(/^([A-G])([#b]?)(-?\d+)$/);
    find(".letter").textContent = letter;
    find(".accidental").textContent = {"#": "♯", b: "♭"}[accidental] ?? "";
    find(".octave").textContent = octave;
    find(".cents").textContent = note.cents === 0 ? "in tune" : `${note.cents > 0 ? "+" : "−"}${Math.abs(note.cents)} cents`;
    // Half a semitone either way is the whole track.
    find(".needle").style.transform = `translateX(${note.cents}cqw)`;
    find(".symbol").textContent = note.symbol;
    find(".words").textContent = note.place;
    root.dataset.verdict = note.verdict;
    root.dataset.note = note.name;
    root.setAttribute("aria-label", `${note.name}, ${find(".cents").textContent}, ${note.place}`);
  };
  const clear = () => { find(".scale-name").textContent = model.scale };
  model.on("note", show);
  model.on("scale", clear);
  clear();
  show();
  return box;
}
