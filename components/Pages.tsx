import { common } from "@/texts/mod.ts";

interface Props {
  /** What the pages are of. */
  label: string;
  /** Where the newest entries are; null on their page. */
  newest: string | null;
  /** Where older ones are; null where there are none. */
  older: string | null;
}

/** The ways from one page of a long list to the others. */
export function Pages({ label, newest, older }: Props) {
  if (newest === null && older === null) return null;
  return (
    <nav class="pages" aria-label={label}>
      {newest === null ? null : <a class="button" href={newest}>{common.newest}</a>}
      {older === null ? null : <a class="button" href={older} rel="next">{common.older}</a>}
    </nav>
  );
}
