import { type Token, xmlTokens } from "@/components/xml_tokens.ts";

/** XML with its parts in colours of their own, and ways to take it along. */
export function XMLView({ xml, href }: { xml: string; href: string }) {
  return (
    <figure class="xml">
      <figcaption class="xml-head">
        <span class="soft">As libvirt has it now, without passwords</span>
        <button type="button" class="button needs-script" data-on="copy" data-of="xml">Copy</button>
        <a class="button" href={href} download>Download</a>
      </figcaption>
      <pre id="xml" tabindex={0} aria-label="XML">
        <code>{xmlTokens(xml).map(drawn)}</code>
      </pre>
    </figure>
  );
}

const drawn = ({ kind, text }: Token) =>
  kind === "text" ? text : <span class={`xml-${kind}`}>{text}</span>;
