import { backoff } from "@/islands/hooks/backoff.ts";

/**
 * Makes what returns a function that draws the element with this id anew, from this page as the server
 * draws it now. The element itself stays, with the focus it may have; and all of it does where nothing
 * has changed. What is asked for while it draws is drawn once more behind it; and what could not be
 * drawn, a while later.
 */
export function redrawer(id: string): () => void {
  let drawing = false;
  let again = false;
  let failures = 0;
  return function redraw() {
    if (drawing) return void (again = true);
    drawing = true;
    void draw(id).then((drawn) => {
      drawing = false;
      failures = drawn ? 0 : failures + 1;
      if (!drawn) setTimeout(redraw, backoff(failures));
      else if (again) redraw();
      again = false;
    });
  };
}

/** False where the server could not be reached, or could not answer now. */
async function draw(id: string): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    // The page's header tells of a VM that is gone, and of a session that has ended.
    if (!answer.ok) return answer.status < 429;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [here, there] = [document.getElementById(id), page.getElementById(id)];
    if (here === null || there === null || here.innerHTML === there.innerHTML) return true;
    here.replaceChildren(...there.childNodes);
    return true;
  } catch {
    return false;
  }
}
