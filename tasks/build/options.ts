import type { InlineConfig } from "vite";

export interface BuildOptions {
  /** The project: has islands/, static/, fresh/. */
  root: string;
  /** For development: quick to make, readable, not compressed. */
  development: boolean;
}

/** What the bundles for the browser and for the server have in common. */
export function viteConfig({ root, development }: BuildOptions): InlineConfig {
  return {
    root,
    configFile: false,
    envDir: false,
    logLevel: "warn",
    mode: development ? "development" : "production",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  };
}
