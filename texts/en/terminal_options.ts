export const title = "Terminal options";
export const colours = "Colours";
export const themes = {
  glass: "Glass",
  black: "Black, high contrast",
  amber: "Amber",
  green: "Green",
  solarized: "Solarized dark",
  paper: "Paper (light)",
};
export const fontSize = "Font size";
export const font = "Font";
export const ownFont = "This page's";
export const cursor = "Cursor";
export const cursors = { block: "Block", bar: "Bar", underline: "Underline" };
export const bell = "Bell";
export const bells = { off: "Off", visual: "A flash", sound: "A sound" };
export const scrollback = "Lines to scroll back";
export const blink = "Blinking cursor";
export const copy = "Copy what is selected";
export const screenReader = "For screen readers";
export const defaults = "Defaults";
