import { render } from "preact";
import type { ServerMessage } from "@/protocol/mod.ts";
import { type Notice, noticeOf } from "@/components/notices.ts";
import { NoticeList, Toasts } from "@/components/Toasts.tsx";
import type { Told } from "@/components/Outcome.tsx";
import { wire } from "@/texts/mod.ts";

/** How many are remembered, for as long as the tab lives. */
const MOST = 30;
const KEPT = "virtglass-notices";
/** How long one that is no alarm stays in sight, in ms. */
const GLANCE = 8000;

let all: Notice[] = kept();
let shown: Notice[] = [];
let place: HTMLElement | null = null;
let pointed = false;

/** Tells of an event, or of libvirt lost and back. */
export function tellMessage(message: ServerMessage): void {
  const notice = noticeOf(message);
  if (notice) tell(notice);
}

/** Tells what became of something that has no place on this page. */
export function tellOutcome(title: string, { kind, message }: Told): void {
  if (kind === "pending") return;
  const time = new Date().toISOString();
  const tone = kind === "done" ? "good" : "bad";
  tell({ id: `${time} ${title}`, title, text: wire.words(message), tone, time, href: null });
}

function tell(notice: Notice): void {
  if (all.some(({ id }) => id === notice.id)) return;
  all = [notice, ...all].slice(0, MOST);
  sessionStorage.setItem(KEPT, JSON.stringify(all));
  shown = [notice, ...shown].slice(0, 4);
  draw();
  if (notice.tone !== "bad") setTimeout(() => leave(notice), GLANCE);
  if (document.hidden && globalThis.Notification?.permission === "granted") {
    new Notification(notice.title, { body: notice.text, tag: notice.id });
  }
}

/** Not while somebody reads it. */
function leave(notice: Notice): void {
  if (pointed) return void setTimeout(() => leave(notice), 1000);
  shown = shown.filter((other) => other !== notice);
  draw();
}

function draw(): void {
  place ??= document.body.appendChild(document.createElement("div"));
  render(
    <Toasts
      notices={shown}
      onClose={(notice) => {
        shown = shown.filter((other) => other !== notice);
        draw();
      }}
      onPoint={(over) => pointed = over}
    />,
    place,
  );
}

/** Opens the list of the last ones. */
export function openNotices(): void {
  shown = [];
  draw();
  const box = document.body.appendChild(document.createElement("div"));
  const before = document.activeElement;
  const close = () => {
    render(null, box);
    box.remove();
    if (before instanceof HTMLElement) before.focus();
  };
  const mayAsk = globalThis.Notification?.permission === "default";
  render(
    <NoticeList
      notices={all}
      dialog={(dialog) => dialog?.open === false && dialog.showModal()}
      onClose={close}
      {...(mayAsk ? { onAsk: () => void Notification.requestPermission() } : {})}
    />,
    box,
  );
}

function kept(): Notice[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}
