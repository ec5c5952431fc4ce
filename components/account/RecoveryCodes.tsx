import { Icon } from "@/components/Icon.tsx";

/** Shown once: the store has their hashes only. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <>
      <p class="notice">
        <Icon name="warning" />
        <span>
          <span class="notice-title">Keep these codes.</span>{" "}
          They are shown this once. Each signs you in once, when your phone is lost.
        </span>
      </p>
      <ol class="codes" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>
        <a class="button button-main" href="/account">I have kept them</a>
      </p>
    </>
  );
}
