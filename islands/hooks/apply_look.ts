/** Shows the look that the form says at once, and has the server keep it. */
export function applyLook(form: HTMLFormElement): void {
  const look = new FormData(form);
  document.documentElement.dataset.theme = String(look.get("theme"));
  document.documentElement.dataset.density = String(look.get("density"));
  void fetch(form.action, { method: "POST", body: look, redirect: "manual" });
}
