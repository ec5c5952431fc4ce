import type { ComponentChildren } from "preact";

interface Props {
  title: string;
  /** What it is about, beside it. */
  text: string;
  children: ComponentChildren;
}

/** One part of the account's page. */
export function Section({ title, text, children }: Props) {
  return (
    <section class="account-part">
      <div class="account-about">
        <h2>{title}</h2>
        <p class="soft">{text}</p>
      </div>
      <div class="account-body">{children}</div>
    </section>
  );
}
