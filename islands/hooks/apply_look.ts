/** Shows the look that the form says at once, and has the server keep it. */
export async function applyLook(form: HTMLFormElement): Promise<void> {
  const look = new FormData(form);
  const { dataset } = document.documentElement;
  for (const name of ["theme", "density", "keys"]) dataset[name] = String(look.get(name));
  // As the form itself would send it: all of its fields are text, and one is the page's token.
  const body = new URLSearchParams([...look].map(([name, value]) => [name, String(value)]));
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
  // The scripts of a page speak one language: another one comes with a new page.
  if (look.get("language") !== form.dataset.language) location.reload();
}
