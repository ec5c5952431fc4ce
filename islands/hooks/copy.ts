import { tellOutcome } from "@/islands/hooks/toasts.tsx";
import { notices } from "@/texts/mod.ts";

/** Copies the text of the element with this id. */
export async function copy(id: string): Promise<void> {
  const element = document.getElementById(id);
  if (!element) return;
  try {
    // Only pages with TLS, and those of this machine, are given a clipboard.
    await navigator.clipboard.writeText(element.textContent ?? "");
    tellOutcome(notices.copied, { kind: "done", message: "" });
  } catch {
    getSelection()?.selectAllChildren(element);
    tellOutcome(notices.notCopied, { kind: "failed", message: notices.copyByHand });
  }
}
