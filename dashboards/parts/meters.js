const TITLES = ["Pitch", "Scale", "Timing", "Noise"];

const meter = (title) => `
<section class="meter" data-meter="${title}">
  <div class="head"><span class="title">${title}</span> <span class="score">–</span> <span class="word"></span></div>
  <div class="bar" aria-hidden="true"><i></i></div>
  <div class="physical">&nbsp;</div>
</section>`;

const HTML = `
<div class="four">${TITLES.map(meter).join("")}</div>
<div class="foot">
  <div class="overall"><span class="title">Overall</span> <span class="score">–</span> <span class="word"></span></div>
  <div class="tally"></div>
  <div class="level"><span class="title">Level</span><div class="bar"><i></i></div><span class="word"></span></div>
  <div class="clock"></div>
</div>`;

// Writing an unchanged text would still cost the browser a layout.
const write = (node, text) => { if (node.textContent !== text) node.textContent = text };
const fill = (node, share) => { node.style.transform = `scaleX(${share})` };

function judge(node, {score, word}) {
  write(node.querySelector(".score"), score == null ? "–" : String(score));
  write(node.querySelector(".word"), word);
}

export function render({ model }) {
  const box = document.createElement("div");
  box.className = "all";
  box.innerHTML = HTML;
  const meters = [...box.querySelectorAll(".meter")];
  const level = box.querySelector(".level");

  const show = () => {
    const live = model.live;
    box.classList.toggle("idle", live == null);
    if (live == null) return;
    live.meters.forEach((state, index) => {
      const node = meters[index];
      judge(node, state);
      write(node.querySelector(".physical"), state.physical || "\u00a0");
      fill(node.querySelector(".bar i"), (state.score ?? 0) / 100);
      node.dataset.score = state.score ?? "";
    });
    judge(box.querySelector(".overall"), live.overall);
    write(box.querySelector(".tally"), live.tally);
    write(box.querySelector(".clock"), live.clock);
    fill(level.querySelector(".bar i"), live.level.share);
    write(level.querySelector(".word"), live.level.word);
    level.classList.toggle("clipped", live.level.clipped);
  };
  model.on("live", show);
  show();
  return box;
}
