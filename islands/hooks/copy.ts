import { tellOutcome } from "@/islands/hooks/toasts.tsx";

/** Copies the text of the element with this id. */
export async function copy(id: string): Promise<void> {
  const element = document.getElementById(id);
  if (!element) return;
  try {
    // Only pages with TLS, and those of this machine, are given a clipboard.
    await navigator.clipboard.writeText(element.textContent ?? "");
    tellOutcome("Copied", { kind: "done", message: "" });
  } catch {
    getSelection()?.selectAllChildren(element);
    const message =
      "The browser keeps its clipboard to itself: the text is marked, copy it by hand.";
    tellOutcome("Not copied", { kind: "failed", message });
  }
}
