import { useEffect, useRef, useState } from "preact/hooks";
import { ConsoleHead } from "@/components/terminal/ConsoleHead.tsx";
import { ConsoleNotices } from "@/components/terminal/ConsoleNotices.tsx";
import { type Asking, ConsoleQuestion } from "@/components/terminal/ConsoleQuestion.tsx";
import { ConsoleTools, type Panel } from "@/components/terminal/ConsoleTools.tsx";
import { KeyPanel } from "@/components/terminal/KeyPanel.tsx";
import { asksFirst } from "@/components/terminal/keys.ts";
import { OptionsDialog } from "@/components/terminal/OptionsDialog.tsx";
import { SearchBar } from "@/components/terminal/SearchBar.tsx";
import {
  byteWords,
  foundWords,
  isTaken,
  sharedWords,
  stateWords,
  troubleWords,
} from "@/islands/hooks/console_words.ts";
import { saveText } from "@/islands/hooks/save_text.ts";
import { firstLines } from "@/islands/hooks/terminal_paste.ts";
import { useConsoleTerminal } from "@/islands/hooks/useConsoleTerminal.ts";
import { useFullscreen } from "@/islands/hooks/useFullscreen.ts";
import { useKeyboard } from "@/islands/hooks/useKeyboard.ts";
import { useRecording } from "@/islands/hooks/useRecording.ts";
import { useTerminalOptions } from "@/islands/hooks/useTerminalOptions.ts";
import { terminal as texts } from "@/texts/mod.ts";

interface Props {
  name: string;
  readOnly: boolean;
  /** Alone in a window of its own. */
  alone?: boolean;
}

/** The serial console of a VM, as if sitting at the rack. */
export function VMTerminal({ name, readOnly: mayOnlyRead, alone = false }: Props) {
  const section = useRef<HTMLElement>(null);
  const head = useRef<HTMLElement>(null);
  const [options, choose] = useTerminalOptions();
  const [panel, setPanel] = useState<Panel | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const fullscreen = useFullscreen(section);
  const recording = useRecording(name);
  const keyboard = useKeyboard(name);
  const { box, terminal, failed, state, client, readOnly, size, title, found, type } =
    useConsoleTerminal(name, mayOnlyRead, options, {
      onPaste(paste) {
        const { text, lines, bytes, hidden } = paste;
        const shown = { size: byteWords(bytes), beginning: firstLines(paste) };
        setAsking({ kind: "paste", text, lines, hidden, ...shown });
      },
      onLink: (link) => setAsking({ kind: "link", ...link }),
      onLeave: () => head.current?.focus(),
      onSearch: () => setPanel("search"),
    });
  useEffect(() => {
    if (alone && title !== "") document.title = `${title} · ${name}`;
  }, [title]);

  const line = state?.line.kind;
  useEffect(() => {
    // What could not be pressed while the guest was off is over.
    if (line === "open") keyboard.forgetProblem();
  }, [line]);

  const ready = terminal !== null;
  const live = state?.link.kind === "live" && line === "open";
  const recorded = state?.recording ?? false;
  const fit = `stty rows ${size.rows} cols ${size.columns}`;
  const back = () => {
    if (panel === "search") terminal?.find("", "here");
    setPanel(null);
    terminal?.focus();
  };
  const press = (pressed: Panel) => {
    if (pressed !== panel) setPanel(pressed);
    else if (pressed === "search") back();
    else setPanel(null);
  };

  return (
    <section
      class={alone ? "console console-alone" : "console"}
      ref={section}
      aria-label={texts.title}
      data-console={line ?? "loading"}
      data-link-state={state?.link.kind}
      data-theme={options?.theme}
    >
      <ConsoleHead
        {...{ head, alone, ready, readOnly, title }}
        vm={name}
        status={failed ? texts.failed : state ? stateWords(state) : ""}
        until={state?.link.kind === "waiting" ? state.link.until : null}
        recording={recorded}
        shared={state ? sharedWords(state, size) : ""}
      >
        <ConsoleTools
          {...{ alone, ready, readOnly, fullscreen }}
          vm={name}
          live={live}
          open={panel}
          recording={{
            on: recorded,
            busy: recording.busy,
            toggle: recorded ? recording.stop : recording.start,
          }}
          onPanel={press}
          onFit={() => setAsking({ kind: "fit" })}
          onClear={() => terminal?.clear()}
          onDownload={() => saveText(fileName(name), terminal?.text() ?? "")}
        />
      </ConsoleHead>
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
      {panel === "keys"
        ? (
          <KeyPanel
            id="console-keys"
            live={live}
            onKey={type}
            onPress={(keys) =>
              asksFirst(keys) ? setAsking({ kind: "keys", keys }) : keyboard.press(keys)}
            pressed={keyboard.pressed}
            onClose={back}
          />
        )
        : null}
      <ConsoleNotices
        waiting={state && state.waiting > 0 ? byteWords(state.waiting) : null}
        onDiscard={() => client?.discardInput()}
        busy={state !== null && isTaken(state) && !mayOnlyRead}
        onTakeover={() => setAsking({ kind: "takeover" })}
        troubles={[
          {
            said: troubleWords(state?.trouble ?? null),
            onDismiss: () => client?.forgetTrouble(),
          },
          { said: troubleWords(recording.problem), onDismiss: recording.forgetProblem },
          { said: troubleWords(keyboard.problem), onDismiss: keyboard.forgetProblem },
        ]}
      />
      <div class="console-box" ref={box}>
        <noscript>
          <p>
            {texts.needsScript[0]}
            <code>virsh console</code>
            {texts.needsScript[1]}
          </p>
        </noscript>
      </div>
      {panel === "options" && options
        ? <OptionsDialog options={options} onChange={choose} onClose={back} />
        : null}
      {asking
        ? (
          <ConsoleQuestion
            {...{ asking, fit }}
            vm={name}
            onPaste={(text) => terminal?.paste(text)}
            onFit={() => type(`${fit}\r`)}
            onPress={keyboard.press}
            onTakeover={() => client?.takeover()}
            onClose={() => {
              setAsking(null);
              terminal?.focus();
            }}
          />
        )
        : null}
    </section>
  );
}

/** "web1 console 2025-03-01 12.00.00.txt": a file of that name can be made everywhere. */
function fileName(name: string): string {
  const time = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return texts.fileName(name.replace(/[^\p{L}\p{N}._-]/gu, "_"), time);
}
