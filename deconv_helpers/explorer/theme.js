// The theme that the reader chose in the book. A page from disk may have no storage.
try {
  const mode = localStorage.getItem("mode");
  if (mode === "light" || mode === "dark") document.documentElement.dataset.theme = mode;
} catch {}
