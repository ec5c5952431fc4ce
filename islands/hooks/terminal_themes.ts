import type { ITheme } from "@xterm/xterm";
import type { ThemeName } from "@/components/terminal/options.ts";

/** Sixteen colours in the order of their numbers: dark ones, then bright ones. */
const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

function theme(
  [background, foreground, cursor, selectionBackground]: [string, string, string, string],
  dark: string,
  bright: string,
): ITheme {
  const colours: ITheme = {
    background,
    foreground,
    cursor,
    cursorAccent: background,
    selectionBackground,
  };
  const [darks, brights] = [dark.split(" "), bright.split(" ")];
  NAMES.forEach((name, index) => {
    colours[name] = darks[index]!;
    colours[`bright${name[0]!.toUpperCase()}${name.slice(1)}` as "brightBlack"] = brights[index]!;
  });
  return colours;
}

/** Most are dark in light pages too: what guests write is coloured for dark. */
export const XTERM_THEMES: Record<ThemeName, ITheme> = {
  glass: theme(
    ["#0a1114", "#dfe6e8", "#7fd6dd", "#2d5a63"],
    "#3d4a50 #f2777a #7fcf97 #e3c073 #7fb2ea #d09be0 #6fd0d8 #c9d3d6",
    "#7d8b91 #ff9a9b #a0e6b4 #f5d98f #a5cbf7 #e5bdf1 #9be6ec #ffffff",
  ),
  black: theme(
    ["#000000", "#ffffff", "#ffff00", "#5a5a00"],
    "#4d4d4d #ff6b6b #5ff967 #fefb67 #7cacff #ff77ff #60fdff #f2f2f2",
    "#8c8c8c #ff8f8f #8bff92 #ffff95 #a8c8ff #ff9dff #94feff #ffffff",
  ),
  amber: theme(
    ["#140d02", "#ffb642", "#ffd591", "#5c3d0b"],
    "#5c3d0b #e8763a #c9a227 #ffc760 #b98a4a #e0934f #d7b36a #ffcf87",
    "#94682a #ff9459 #e3c04d #ffdd94 #d8ab6c #f6b27a #ecd093 #fff0d1",
  ),
  green: theme(
    ["#020d05", "#53e07b", "#b6ffca", "#12502a"],
    "#1c4a2a #c8b53c #3fcf6b #a8d84a #4fb39a #8ac66a #55d3b0 #a9f0bd",
    "#44835a #e6d65f #7df29d #c9f277 #7fd6c1 #aee591 #86efd2 #e4ffec",
  ),
  solarized: theme(
    ["#002b36", "#a3b1b2", "#93a1a1", "#1b5361"],
    "#3b5a63 #e8635f #9bb000 #c99a1b #4aa3e0 #e0609f #35b3a8 #eee8d5",
    "#7c9197 #f0824f #b5ca2a #e0b545 #79bdea #8f93dd #62cdc3 #fdf6e3",
  ),
  paper: theme(
    ["#fbfaf7", "#24302f", "#0b6e78", "#b9dde0"],
    "#24302f #b3261e #1c6e3b #7d5a00 #1f5fa8 #8a3a9b #0b6e78 #6a7674",
    "#5c6866 #c8362d #24804a #8f6900 #2f72c0 #9c4cad #138090 #8a9593",
  ),
};

/** Contrast that every text has at least, whatever colours the guest chose for it. */
export const MINIMUM_CONTRAST: Record<ThemeName, number> = {
  glass: 1,
  black: 7,
  amber: 1,
  green: 1,
  solarized: 1,
  paper: 4.5,
};
