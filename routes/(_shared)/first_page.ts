import { number } from "@/components/number.ts";

/**
 * Reads and makes what the first page takes. For the moment in which a start can do nothing else: while
 * libvirt's library is linked, on another thread.
 */
export async function prepareFirstPage(): Promise<void> {
  await Promise.all([import("@/routes/index.tsx"), import("@/routes/_layout.tsx")]);
  // The first of its kind takes `Intl` as long as the page.
  number(0, 1);
}
