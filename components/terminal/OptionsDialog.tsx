import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import {
  BELLS,
  CURSORS,
  DEFAULTS,
  FONT_SIZE,
  readOptions,
  SCROLLBACK,
  type TerminalOptions,
  THEMES,
} from "@/components/terminal/options.ts";
import { common, terminalOptions as texts } from "@/texts/mod.ts";

interface Props {
  options: TerminalOptions;
  /** Called at every change, which shows at once. */
  onChange: (options: TerminalOptions) => void;
  onClose: () => void;
}

const FAMILIES = [
  "Cascadia Mono",
  "Consolas",
  "Courier New",
  "DejaVu Sans Mono",
  "Fira Code",
  "JetBrains Mono",
  "Menlo",
  "Source Code Pro",
];

/** How somebody wants their terminals. */
export function OptionsDialog({ options, onChange, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const change = (changed: Partial<Record<keyof TerminalOptions, unknown>>) =>
    onChange(readOptions(JSON.stringify({ ...options, ...changed })));
  const number =
    (name: "fontSize" | "scrollback") => ({ currentTarget }: { currentTarget: Input }) => {
      // Half typed, or emptied to be typed anew.
      if (currentTarget.validity.valid && currentTarget.value !== "") {
        change({ [name]: currentTarget.valueAsNumber });
      }
    };
  return (
    <dialog class="confirm options" ref={dialog} aria-labelledby="options-title" onClose={onClose}>
      <form method="dialog">
        <h2 id="options-title">{texts.title}</h2>
        <Choice
          label={texts.colours}
          value={options.theme}
          words={words(THEMES, texts.themes)}
          onChoose={(theme) =>
            change({ theme })}
        />
        <Field label={texts.fontSize}>
          <input
            type="number"
            required
            {...FONT_SIZE}
            value={options.fontSize}
            onInput={number("fontSize")}
          />
        </Field>
        <Field label={texts.font}>
          <input
            list="terminal-fonts"
            value={options.fontFamily}
            placeholder={texts.ownFont}
            spellcheck={false}
            onChange={({ currentTarget }) =>
              change({ fontFamily: currentTarget.value })}
          />
        </Field>
        <datalist id="terminal-fonts">
          {FAMILIES.map((family) => <option key={family} value={family} />)}
        </datalist>
        <Choice
          label={texts.cursor}
          value={options.cursorStyle}
          words={words(CURSORS, texts.cursors)}
          onChoose={(cursorStyle) =>
            change({ cursorStyle })}
        />
        <Choice
          label={texts.bell}
          value={options.bell}
          words={words(BELLS, texts.bells)}
          onChoose={(bell) =>
            change({ bell })}
        />
        <Field label={texts.scrollback}>
          <input
            type="number"
            required
            {...SCROLLBACK}
            step={100}
            value={options.scrollback}
            onInput={number("scrollback")}
          />
        </Field>
        <Tick
          label={texts.blink}
          on={options.cursorBlink}
          onTick={(cursorBlink) => change({ cursorBlink })}
        />
        <Tick
          label={texts.copy}
          on={options.copyOnSelect}
          onTick={(copyOnSelect) => change({ copyOnSelect })}
        />
        <Tick
          label={texts.screenReader}
          on={options.screenReader}
          onTick={(screenReader) => change({ screenReader })}
        />
        <div class="confirm-buttons">
          <button type="button" class="button" onClick={() => onChange(DEFAULTS)}>
            {texts.defaults}
          </button>
          <button type="submit" class="button button-main">{common.done}</button>
        </div>
      </form>
    </dialog>
  );
}

type Input = HTMLInputElement;

function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <label class="option">
      <span>{label}</span>
      {children}
    </label>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  words: Record<string, string>;
  onChoose: (value: string) => void;
}

function Choice({ label, value, words, onChoose }: ChoiceProps) {
  return (
    <Field label={label}>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {Object.entries(words).map(([name, text]) => (
          <option key={name} value={name} selected={name === value}>{text}</option>
        ))}
      </select>
    </Field>
  );
}

function Tick(
  { label, on, onTick }: { label: string; on: boolean; onTick: (on: boolean) => void },
) {
  return (
    <label class="option option-tick">
      <input
        type="checkbox"
        checked={on}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

function words<T extends string>(names: readonly T[], all: Record<T, string>) {
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
