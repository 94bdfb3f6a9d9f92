// The log is laid out from its end, so that it follows an answer that grows.
function logAround(node) {
  while (node && !(node instanceof Element && getComputedStyle(node).overflowY === "auto")) {
    node = node.parentNode ?? node.host;
  }
  return node;
}

export function render({ model }) {
  const box = document.createElement("div");
  box.className = "bubble";
  box.textContent = model.text;
  if (model.fresh) setTimeout(() => { logAround(box).scrollTop = 0 }, 50);
  model.on("settled", () => {
    const log = logAround(box);
    // Charts take a moment to find their size; who has scrolled away stays where they are.
    setTimeout(() => {
      const hidden = log.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (hidden > 0 && Math.abs(log.scrollTop) < 4) log.scrollTop -= hidden + 8;
    }, 300);
  });
  return box;
}
