import { useEffect, useRef, useState } from "preact/hooks";
import { ConsoleNotices } from "@/components/terminal/ConsoleNotices.tsx";
import { KeyPanel } from "@/components/terminal/KeyPanel.tsx";
import { OptionsDialog } from "@/components/terminal/OptionsDialog.tsx";
import {
  FitQuestion,
  LinkQuestion,
  PasteQuestion,
  TakeoverQuestion,
} from "@/components/terminal/questions.tsx";
import { SearchBar } from "@/components/terminal/SearchBar.tsx";
import { ToolButton } from "@/components/terminal/ToolButton.tsx";
import { ToolIcon } from "@/components/terminal/ToolIcon.tsx";
import type { ConsoleState } from "@/islands/hooks/console_client.ts";
import { byteWords, companyWords, foundWords, stateWords } from "@/islands/hooks/console_words.ts";
import type { Found, TerminalSize } from "@/islands/hooks/open_terminal.ts";
import { ring } from "@/islands/hooks/ring.ts";
import { copyText, saveText } from "@/islands/hooks/save_text.ts";
import type { TerminalLink } from "@/islands/hooks/terminal_link.ts";
import { firstLines, needsQuestion, type Paste } from "@/islands/hooks/terminal_paste.ts";
import { useFullscreen } from "@/islands/hooks/useFullscreen.ts";
import { useNow } from "@/islands/hooks/useNow.ts";
import { useRecording } from "@/islands/hooks/useRecording.ts";
import { useTerminal } from "@/islands/hooks/useTerminal.ts";
import { useTerminalOptions } from "@/islands/hooks/useTerminalOptions.ts";
import { useVMConsole } from "@/islands/hooks/useVMConsole.ts";

interface Props {
  name: string;
  readOnly: boolean;
  /** Alone in a window of its own. */
  alone?: boolean;
}

type Asking =
  | { kind: "paste"; paste: Paste }
  | { kind: "link"; link: TerminalLink }
  | { kind: "fit" | "takeover" };

/** The serial console of a VM, as if sitting at the rack. */
export function VMTerminal({ name, readOnly: mayOnlyRead, alone = false }: Props) {
  const section = useRef<HTMLElement>(null);
  const head = useRef<HTMLElement>(null);
  const [options, choose] = useTerminalOptions();
  const [panel, setPanel] = useState<"search" | "keys" | "options" | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [title, setTitle] = useState("");
  const [size, setSize] = useState<TerminalSize | null>(null);
  const fullscreen = useFullscreen(section);
  const recording = useRecording(name);

  const { box, terminal, failed } = useTerminal(options, {
    onInput: (bytes) => void client?.type(bytes),
    onPaste(paste) {
      if (readOnly) return;
      if (needsQuestion(paste)) setAsking({ kind: "paste", paste });
      else terminal?.paste(paste.text);
    },
    onLink: (link) => setAsking({ kind: "link", link }),
    onTitle: setTitle,
    onBell: () => options && ring(options.bell, box.current),
    onSelect: copyText,
    onResize: setSize,
    onFound: setFound,
    onLeave: () => head.current?.focus(),
    onSearch: () => setPanel("search"),
    isResponder: () => state !== null && state.viewerId === state.responder,
  });
  const { state, client } = useVMConsole(name, terminal?.sink ?? null);
  const readOnly = state?.viewerId ? state.readOnly : mayOnlyRead;

  useEffect(() => terminal?.setReadOnly(readOnly), [terminal, readOnly]);
  useEffect(() => {
    const { columns, rows } = size ?? terminal?.size ?? {};
    if (columns && rows) client?.resizeHint(columns, rows);
  }, [client, terminal, size, state?.responder, state?.viewers.length]);
  useEffect(() => {
    if (alone && title !== "") document.title = `${title} · ${name}`;
  }, [title]);

  const toggle = (one: typeof panel) => setPanel(panel === one ? null : one);
  const back = () => {
    if (panel === "search") terminal?.find("", "here");
    setPanel(null);
    terminal?.focus();
  };
  const type = (text: string) => {
    client?.type(new TextEncoder().encode(text));
    terminal?.focus();
  };
  const { columns, rows } = size ?? terminal?.size ?? { columns: 80, rows: 24 };
  const fit = `stty rows ${rows} cols ${columns}`;
  const answered = () => {
    setAsking(null);
    terminal?.focus();
  };
  const ready = terminal !== null;
  const live = state?.link.kind === "live" && state.line.kind === "open";

  return (
    <section
      class={alone ? "console console-alone" : "console"}
      ref={section}
      aria-label="Serial console"
      data-console={state?.line.kind ?? "loading"}
      data-link-state={state?.link.kind}
      data-theme={options?.theme}
    >
      <header class="console-head" ref={head} tabIndex={-1}>
        {alone ? <h1>{name}</h1> : <h2>Serial console</h2>}
        <p class="console-state" role="status">
          {failed ? "The terminal could not be loaded. Reload the page." : ""}
          {state ? <State state={state} /> : null}
        </p>
        {state?.recording
          ? (
            <p class="console-recording">
              <span class="console-recording-dot" aria-hidden="true" />Recording
            </p>
          )
          : null}
        {readOnly && ready ? <p class="console-mark">Read-only</p> : null}
        {state ? <Company state={state} columns={columns} rows={rows} /> : null}
        <p class="console-title">{title}</p>
        {readOnly ? null : (
          <p class="console-hint">
            <kbd>Shift</kbd> <kbd>Esc</kbd> leaves the terminal
          </p>
        )}
        <div class="console-tools" role="group" aria-label="Terminal" hidden={!ready}>
          <ToolButton
            icon="search"
            label="Search (Ctrl Shift F)"
            open={panel === "search"}
            controls="console-search"
            onPress={() => panel === "search" ? back() : setPanel("search")}
          />
          {readOnly ? null : (
            <>
              <ToolButton
                icon="keys"
                label="Keys"
                open={panel === "keys"}
                controls="console-keys"
                onPress={() => toggle("keys")}
              />
              <ToolButton
                icon="fit"
                label="Tell the guest this terminal's size"
                off={!live}
                onPress={() => setAsking({ kind: "fit" })}
              />
              <ToolButton
                icon={state?.recording ? "stop" : "record"}
                label={state?.recording ? "Stop the recording" : "Record this console"}
                off={recording.busy}
                onPress={() => state?.recording ? recording.stop() : recording.start()}
              />
            </>
          )}
          <ToolButton icon="clear" label="Clear the terminal" onPress={() => terminal?.clear()} />
          <ToolButton
            icon="download"
            label="Download all lines as text"
            onPress={() => saveText(fileName(name), terminal?.text() ?? "")}
          />
          <ToolButton icon="options" label="Options" onPress={() => setPanel("options")} />
          {alone ? null : <PopOut name={name} />}
          {fullscreen.toggle
            ? (
              <ToolButton
                icon={fullscreen.full ? "leave fullscreen" : "fullscreen"}
                label={fullscreen.full ? "Leave the full screen" : "Full screen"}
                onPress={fullscreen.toggle}
              />
            )
            : null}
        </div>
      </header>
      {panel === "search"
        ? (
          <SearchBar
            id="console-search"
            found={foundWords(found)}
            onFind={(text, way) => terminal?.find(text, way)}
            onClose={back}
          />
        )
        : null}
      {panel === "keys" ? <KeyPanel id="console-keys" onKey={type} onClose={back} /> : null}
      <ConsoleNotices
        waiting={state && state.waiting > 0 ? byteWords(state.waiting) : null}
        onDiscard={() => client?.discardInput()}
        busy={state !== null && isTaken(state) && !mayOnlyRead}
        onTakeover={() => setAsking({ kind: "takeover" })}
        trouble={state?.trouble ?? recording.problem}
        onForget={() => {
          client?.forgetTrouble();
          recording.forgetProblem();
        }}
      />
      <div class="console-box" ref={box}>
        <noscript>
          <p>
            The terminal needs JavaScript. On the host, <code>virsh console</code>{" "}
            opens the same line.
          </p>
        </noscript>
      </div>
      {panel === "options" && options
        ? <OptionsDialog options={options} onChange={choose} onClose={back} />
        : null}
      {asking?.kind === "paste"
        ? (
          <PasteQuestion
            lines={asking.paste.lines}
            size={byteWords(asking.paste.bytes)}
            beginning={firstLines(asking.paste)}
            hidden={asking.paste.hidden}
            onYes={() => terminal?.paste(asking.paste.text)}
            onClose={answered}
          />
        )
        : null}
      {asking?.kind === "link"
        ? (
          <LinkQuestion
            {...asking.link}
            onYes={() => open(asking.link.href, "_blank", "noopener,noreferrer")}
            onClose={answered}
          />
        )
        : null}
      {asking?.kind === "fit"
        ? <FitQuestion command={fit} onYes={() => type(`${fit}\r`)} onClose={answered} />
        : null}
      {asking?.kind === "takeover"
        ? <TakeoverQuestion vm={name} onYes={() => client?.takeover()} onClose={answered} />
        : null}
    </section>
  );
}

function State({ state }: { state: ConsoleState }) {
  return (
    <>
      {stateWords(state)}
      {state.link.kind === "waiting" ? <Countdown until={state.link.until} /> : null}
    </>
  );
}

/** A screen reader hears that it reconnects, not every second of it. */
function Countdown({ until }: { until: number }) {
  useNow(0);
  const seconds = Math.ceil((until - Date.now()) / 1000);
  return <span aria-hidden="true">{seconds > 0 ? ` in ${seconds} s` : "…"}</span>;
}

/** Who else is there, and for whom the guest's output is laid out when that is another size. */
function Company({ state, columns, rows }: { state: ConsoleState } & TerminalSize) {
  const company = companyWords(state);
  const { size } = state;
  const other = size !== null && (size.columns !== columns || size.rows !== rows);
  if (company === "") return null;
  return (
    <p class="console-company">
      Shared with {company}
      {other ? `, whose terminal has ${size.columns} × ${size.rows}` : ""}
    </p>
  );
}

/** A link, so that it opens a tab too; pressed it is a window with nothing else in it. */
function PopOut({ name }: { name: string }) {
  const address = `/vms/${encodeURIComponent(name)}/console`;
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(address, `console ${name}`, "popup,width=960,height=640");
  };
  return (
    <a
      class="tool"
      href={address}
      target="_blank"
      aria-label="A window of its own"
      title="A window of its own"
      onClick={onClick}
    >
      <ToolIcon name="window" />
    </a>
  );
}

function isTaken({ line }: ConsoleState): boolean {
  return (line.kind === "refused" && line.code === "CONSOLE_BUSY") ||
    (line.kind === "closed" && line.reason === "taken");
}

/** "web1 console 2025-03-01 12.00.00.txt": a file of that name can be made everywhere. */
function fileName(name: string): string {
  const time = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return `${name.replace(/[^\p{L}\p{N}._-]/gu, "_")} console ${time}.txt`;
}
