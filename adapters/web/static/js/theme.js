// Applies the chosen theme before the page is drawn, so that nothing flashes. Loaded as a plain script.

(() => {
  try {
    const chosen = localStorage.getItem("inkthread.theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage is switched off: the system's theme it is.
  }
})();
