import type { ChoiceName } from "@/components/power.ts";

const PATHS: Record<ChoiceName | "warning" | "page" | "vm" | "bell", string> = {
  start: "M5 3.2v9.6L12.6 8z",
  "shut-down": "M8 2v5.5M4.6 4.4a5 5 0 1 0 6.8 0",
  restart: "M13 3v3.6H9.4M12.7 6.4A5.2 5.2 0 1 0 13.2 9",
  suspend: "M5.5 3.5v9M10.5 3.5v9",
  resume: "M4 3.5v9M7.5 3.8v8.4L13.5 8z",
  "power-off": "M9 1.8 4 9h3.4L7 14.2 12 7H8.6z",
  reset: "M3 3v3.6h3.6M3.3 6.4A5.2 5.2 0 1 1 2.8 9",
  page: "M4 2h5.5L12 4.5V14H4z",
  vm: "M2 3h12v8H2zM5.5 14h5M8 11v3",
  bell: "M3.5 11.5c1-1 1.2-2.2 1.2-4a3.3 3.3 0 0 1 6.6 0c0 1.8.2 3 1.2 4zM6.8 13.5h2.4",
  warning: "M8 2.2 14.2 13H1.8zM8 6.4v3.2M8 11.2v.3",
};

/** A line drawing of 16 by 16, in the colour of its text. Words stand beside it, so it is silent. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
