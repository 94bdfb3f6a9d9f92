// Runs in the head, before the first paint: the page must not flash in the wrong theme.
(() => {
  const KEY = "fretcoach-theme";
  const root = document.documentElement;
  const wished = () => localStorage.getItem(KEY)
    ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  const apply = (theme) => {
    root.dataset.theme = theme;
    // The server draws the next page's charts in the right colours at once.
    document.cookie = `${KEY}=${theme}; path=/; max-age=31536000; SameSite=Lax`;
    dispatchEvent(new CustomEvent("fretcoach-theme", {detail: theme}));
  };

  apply(wished());
  addEventListener("DOMContentLoaded", () => {
    document.querySelector(".fc-theme").addEventListener("click", () => {
      const theme = root.dataset.theme === "dark" ? "light" : "dark";
      localStorage.setItem(KEY, theme);
      apply(theme);
    });
  });
})();
