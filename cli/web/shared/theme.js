// What the person has chosen before in, the theme of the page out. A script of its own, which runs before anything is drawn.
"use strict";
try {
  const theme = localStorage.getItem("yunqiao-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system decides.
}
