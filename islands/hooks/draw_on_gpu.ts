import type { Terminal } from "@xterm/xterm";

/** How a terminal is drawn. */
export type Renderer = "gpu" | "dom";

/**
 * Draws the terminal with WebGL where a graphics card does it, which is faster; else, or when the
 * card is lost, it stays with the page's own elements. `drawn` hears which it is.
 */
export async function drawOnGPU(terminal: Terminal, drawn: (by: Renderer) => void): Promise<void> {
  drawn("dom");
  if (!hasGPU()) return;
  try {
    const { WebglAddon } = await import("@xterm/addon-webgl");
    const addon = new WebglAddon();
    addon.onContextLoss(() => {
      addon.dispose();
      drawn("dom");
    });
    terminal.loadAddon(addon);
    drawn("gpu");
  } catch (error) {
    // xterm draws with elements as before.
    console.warn("The terminal is drawn without WebGL:", error);
  }
}

/** WebGL that is emulated in software is slower than elements. */
function hasGPU(): boolean {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
