import { Icon } from "@/components/Icon.tsx";
import { secondFactor as texts } from "@/texts/mod.ts";

/** Shown once: the store has their hashes only. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <>
      <p class="notice">
        <Icon name="warning" />
        <span>
          <span class="notice-title">{texts.keep}</span> {texts.keepNote}
        </span>
      </p>
      <ol class="codes" aria-label={texts.recoveryCodes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>
        <a class="button button-main" href="/account">{texts.kept}</a>
      </p>
    </>
  );
}
