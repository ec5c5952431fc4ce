import { existsSync } from "node:fs";

/**
 * Chromium without a window takes half the time of the whole browser to start and to open a page; its
 * pages are drawn by the same engine.
 */
const PATHS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
];

const path = PATHS.find((path) => existsSync(path));

/** Why this machine cannot run a browser, or null when it can. */
export const chromiumProblem: string | null = path === undefined
  ? "there is no Chromium: install the package chromium-headless-shell"
  : null;

/** The program. @throws where `chromiumProblem` says that there is none */
export function chromiumPath(): string {
  if (path === undefined) throw new Error(chromiumProblem!);
  return path;
}
