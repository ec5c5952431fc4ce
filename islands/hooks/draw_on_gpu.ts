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

/** What browsers call a graphics card that is none. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** WebGL that is emulated in software is slower than elements. */
function hasGPU(): boolean {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  if (context === null) return false;
  const { UNMASKED_RENDERER_WEBGL } = context.getExtension("WEBGL_debug_renderer_info") ?? {};
  const card = context.getParameter(UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !SOFTWARE.test(String(card));
}
