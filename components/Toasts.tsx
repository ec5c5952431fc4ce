import { moment } from "@/components/moment.ts";
import type { Notice } from "@/components/notices.ts";
import { OutcomeGlyph } from "@/components/Outcome.tsx";
import { common, notices as texts } from "@/texts/mod.ts";

interface Props {
  notices: Notice[];
  onClose?: (notice: Notice) => void;
  /** While the pointer is over them. */
  onPoint?: (over: boolean) => void;
}

/**
 * The newest notices, in a corner of every page. The server draws it without any: a screen reader
 * says what comes into a place that it knows, and nothing of a place that comes with its first words.
 */
export function Toasts({ notices, onClose, onPoint }: Props) {
  return (
    <div
      class="toasts"
      onMouseEnter={() => onPoint?.(true)}
      onMouseLeave={() => onPoint?.(false)}
    >
      <ul aria-label={texts.title} aria-live="polite" aria-relevant="additions">
        {notices.map((notice) => (
          <li key={notice.id} class={`toast toast-${notice.tone}`}>
            <OneNotice notice={notice} />
            <button
              type="button"
              class="toast-close"
              aria-label={texts.closeOne}
              onClick={() => onClose?.(notice)}
            >
              <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M4 4l8 8M12 4l-8 8" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const KINDS = { pending: "pending", good: "done", bad: "failed" } as const;

function OneNotice({ notice: { title, text, tone, href } }: { notice: Notice }) {
  return (
    <>
      <OutcomeGlyph kind={KINDS[tone]} />
      <div class="toast-words">
        <p class="toast-title">{href === null ? title : <a href={href}>{title}</a>}</p>
        {text === "" ? null : <p class="soft">{text}</p>}
      </div>
    </>
  );
}

interface ListProps {
  notices: Notice[];
  dialog?: (dialog: HTMLDialogElement | null) => void;
  onClose?: () => void;
  /** Asks the browser whether it may show them on the desktop; left out where that is settled. */
  onAsk?: () => void;
}

/** All notices that this tab remembers, the newest first. */
export function NoticeList({ notices, dialog, onClose, onAsk }: ListProps) {
  return (
    <dialog
      class="confirm notices"
      open={dialog === undefined}
      aria-labelledby="notices-title"
      {...(dialog ? { ref: dialog } : {})}
      {...(onClose ? { onClose } : {})}
    >
      <form method="dialog">
        <h2 id="notices-title">{texts.title}</h2>
        {notices.length === 0 ? <p class="soft">{texts.none}</p> : null}
        <ul class="notice-list" tabindex={0} aria-label={texts.title}>
          {notices.map((notice) => (
            <li key={notice.id} class={`toast-${notice.tone}`}>
              <OneNotice notice={notice} />
              <time class="soft" dateTime={notice.time}>{moment(notice.time)}</time>
            </li>
          ))}
        </ul>
        <div class="confirm-buttons">
          {onAsk
            ? <button type="button" class="button" onClick={onAsk}>{texts.onDesktop}</button>
            : null}
          <a class="button" href="/activity">{texts.allActivity}</a>
          <button type="submit" class="button button-main" autofocus>{common.close}</button>
        </div>
      </form>
    </dialog>
  );
}
