// Loaded before the page is drawn: the theme chosen here earlier, else the system's own.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.bsTheme = chosen;
} catch { /* a browser that keeps nothing for us follows the system */ }
