import { type Token, xmlTokens } from "@/components/xml_tokens.ts";
import { common, xml as texts } from "@/texts/mod.ts";

/** XML with its parts in colours of their own, and ways to take it along. */
export function XMLView({ xml, href }: { xml: string; href: string }) {
  return (
    <figure class="xml">
      <figcaption class="xml-head">
        <span class="soft">{texts.asItIs}</span>
        <button type="button" class="button needs-script" data-on="copy" data-of="xml">
          {texts.copy}
        </button>
        <a class="button" href={href} download>{common.download}</a>
      </figcaption>
      <pre id="xml" tabindex={0} aria-label={texts.title}>
        <code>{xmlTokens(xml).map(drawn)}</code>
      </pre>
    </figure>
  );
}

/** A bare string in a list would be escaped twice: once for the list and once for itself. */
const drawn = ({ kind, text }: Token) =>
  kind === "text" ? <>{text}</> : <span class={`xml-${kind}`}>{text}</span>;
