const PATHS = {
  search: "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3 14 14",
  keys: "M1.8 4h12.4v8H1.8zM4.3 6.6h.01M6.8 6.6h.01M9.2 6.6h.01M11.7 6.6h.01M5 9.6h6",
  fit: "M2 6V2.5h3.5M14 6V2.5h-3.5M2 10v3.5h3.5M14 10v3.5h-3.5M5.5 6.5h5v3h-5z",
  record: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9",
  stop: "M4.5 4.5h7v7h-7z",
  options: "M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14M10.2 2.7v3.6M5.8 9.7v3.6",
  clear: "M6.2 13.2 2.4 9.4 9.2 2.6l4.6 4.6-6 6zM5.4 6.4l4.6 4.6M7.8 13.2H14",
  download: "M8 2v7.5M4.8 6.6 8 9.8l3.2-3.2M2.5 13.5h11",
  window: "M6.5 3.5h-4v9.5h9.5v-4M9 2.5h4.5V7M13.2 2.8 7.6 8.4",
  fullscreen: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  "leave fullscreen": "M6 2.5V6H2.5M13.5 6H10V2.5M10 13.5V10h3.5M2.5 10H6v3.5",
  up: "M3.5 10 8 5.5l4.5 4.5",
  down: "M3.5 6 8 10.5 12.5 6",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
};

export type ToolIconName = keyof typeof PATHS;

/** A line drawing of 16 by 16, in the colour of its text. Its button has a name, so it is silent. */
export function ToolIcon({ name }: { name: ToolIconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
