/** Characters of a title that is shown. */
const LONGEST = 80;

/** Controls, and what turns the direction of text around or is not seen at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]/gu;

/**
 * A title that the guest gave its terminal, fit to be shown: a guest can name itself as it likes,
 * but neither turn the text around it nor push it away.
 */
export function shownTitle(title: string): string {
  const clean = title.replace(UNSEEN, "").replace(/\s+/gu, " ").trim();
  const characters = [...clean];
  return characters.length <= LONGEST ? clean : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
