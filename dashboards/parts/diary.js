// A list of sessions as a diary: months as headings, one button for each session.
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const bars = (scores) => {
  const group = make("span", "bars");
  group.setAttribute("role", "img");
  group.setAttribute("aria-label", scores.map(([title, score]) => `${title} ${score ?? "not measured"}`).join(", "));
  for (const [title, score] of scores) {
    const column = make("span", score === null ? "bar none" : "bar");
    const fill = make("span", "fill");
    fill.style.height = `${score ?? 0}%`;
    column.append(fill);
    const labelled = make("span", "labelled");
    labelled.title = `${title} ${score ?? "not measured"}`;
    labelled.append(column, make("span", "letter", title[0]));
    group.append(labelled);
  }
  return group;
};

const entry = (session, model) => {
  const button = make("button", "entry");
  button.type = "button";
  button.dataset.session = session.id;
  const words = make("span", "words");
  const first = make("span", "first");
  first.append(make("span", "day", session.day), make("span", "minutes", session.minutes));
  words.append(first, make("span", "scale", session.scale));
  if (session.comment) words.append(make("span", "comment", session.comment));
  button.append(words, bars(session.scores));
  button.addEventListener("click", () => model.send_msg(session.id));
  const item = make("li", "");
  item.append(button);
  return item;
};

export function render({ model }) {
  const root = make("div", "diary");
  // The address names the open session, so that a reload or a copied link comes back to it.
  const address = () => {
    const here = new URL(location.href);
    if (model.selected) here.searchParams.set("session", model.selected);
    else here.searchParams.delete("session");
    history.replaceState(null, "", here);
  };
  const mark = () => {
    for (const button of root.querySelectorAll("button.entry")) {
      if (button.dataset.session === model.selected) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  };
  const draw = () => {
    const list = make("ol", "");
    let month = null;
    for (const session of model.entries.slice(0, model.shown)) {
      if (session.month !== month) {
        month = session.month;
        if (month) list.append(make("li", "month", month));
      }
      list.append(entry(session, model));
    }
    root.replaceChildren(list);
    const hidden = model.entries.length - model.shown;
    if (hidden > 0) {
      const more = make("button", "more", `Show ${Math.min(hidden, 40)} more of ${hidden}`);
      more.type = "button";
      more.addEventListener("click", () => { model.shown += 40; });
      root.append(more);
    }
    mark();
  };
  model.on("entries", draw);
  model.on("shown", draw);
  model.on("selected", () => { mark(); address(); });
  draw();
  return root;
}
