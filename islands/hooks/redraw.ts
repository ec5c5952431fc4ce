/**
 * Makes what returns a function that draws the element with this id anew, from this page as the server
 * draws it now. The element itself stays, with the focus it may have; and all of it does where nothing
 * has changed. What is asked for while it draws is drawn once more behind it.
 */
export function redrawer(id: string): () => void {
  let drawing = false;
  let again = false;
  return function redraw() {
    if (drawing) return void (again = true);
    drawing = true;
    void draw(id).finally(() => {
      drawing = false;
      if (!again) return;
      again = false;
      redraw();
    });
  };
}

/** Whatever goes wrong leaves the page as it is: its header tells of a VM or a server that is gone. */
async function draw(id: string): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    if (here === null || there === null || here.innerHTML === there.innerHTML) return;
    here.replaceChildren(...there.childNodes);
  } catch {
    // Not reached: what comes after the connection is back draws it.
  }
}
