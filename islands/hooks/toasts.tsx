import { render } from "preact";
import type { ServerMessage } from "@/protocol/mod.ts";
import { type Notice, noticeOf } from "@/components/notices.ts";
import { NoticeList, Toasts } from "@/components/Toasts.tsx";
import type { Told } from "@/components/Outcome.tsx";
import { isToldHere } from "@/islands/hooks/told_here.ts";
import { wire } from "@/texts/mod.ts";

/** How many are remembered, for as long as the tab lives. */
const MOST = 30;
const KEPT = "virtglass-notices";
/** How long one that is no alarm stays in sight, in ms. */
const GLANCE = 8000;

let all: Notice[] = kept();
let shown: Notice[] = [];
let pointed = false;

/** Tells of an event, or of libvirt lost and back; not of what the page tells already. */
export function tellMessage(message: ServerMessage): void {
  if (isToldHere(message)) return;
  const notice = noticeOf(message);
  if (notice) tell(notice);
}

/** Tells what became of something that has no place on this page. */
export function tellOutcome(title: string, told: Told): void {
  tellOutcomes(title)(told);
}

/** The same of something that goes on: each that is told takes the place of the one before. */
export function tellOutcomes(title: string): (told: Told) => void {
  const id = `${new Date().toISOString()} ${title}`;
  return ({ kind, message }) => {
    const text = wire.words(message);
    const notice = { id, title, text, time: new Date().toISOString(), href: null };
    if (kind === "pending") show({ ...notice, tone: "pending" });
    else tell({ ...notice, tone: kind === "done" ? "good" : "bad" });
  };
}

function tell(notice: Notice): void {
  if (all.some(({ id }) => id === notice.id)) return;
  all = [notice, ...all].slice(0, MOST);
  keep({ user: user(), notices: all });
  show(notice);
  if (notice.tone === "good") setTimeout(() => leave(notice), GLANCE);
  if (document.hidden && globalThis.Notification?.permission === "granted") {
    new Notification(notice.title, { body: notice.text, tag: notice.id });
  }
}

function show(notice: Notice): void {
  shown = [notice, ...shown.filter(({ id }) => id !== notice.id)].slice(0, 4);
  draw();
}

/** Not while somebody reads it. */
function leave(notice: Notice): void {
  if (pointed) return void setTimeout(() => leave(notice), 1000);
  shown = shown.filter((other) => other !== notice);
  draw();
}

function draw(): void {
  render(
    <Toasts
      notices={shown}
      onClose={(notice) => {
        shown = shown.filter((other) => other !== notice);
        draw();
      }}
      onPoint={(over) => pointed = over}
    />,
    document.getElementById("toasts")!,
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

/** What the tab remembers: of who was told it, and of nobody who signs in after that. */
interface Kept {
  user: string;
  notices: Notice[];
}

function keep(kept: Kept): void {
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

function kept(): Notice[] {
  try {
    const { user: whose, notices }: Kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    if (whose === user()) return notices;
  } catch { /* What is no list of ours tells nothing. */ }
  sessionStorage.removeItem(KEPT);
  return [];
}

/** Who is signed in. */
function user(): string {
  return document.querySelector<HTMLElement>("[data-user]")!.dataset.user!;
}
