import { Question } from "@/components/terminal/Question.tsx";
import type { Keys } from "@/protocol/mod.ts";
import { consoleQuestions as texts, terminal } from "@/texts/mod.ts";

interface Answers {
  onYes: () => void;
  onClose: () => void;
}

interface PasteProps extends Answers {
  lines: number;
  /** In words. */
  size: string;
  /** The beginning of what will be typed. */
  beginning: string;
  /** Something was taken out of it that would have acted as keys. */
  hidden: boolean;
}

/** Before something is typed that runs by itself. */
export function PasteQuestion({ lines, size, beginning, hidden, ...answers }: PasteProps) {
  const title = lines === 1 ? texts.pasteOne(size) : texts.pasteLines(lines, size);
  return (
    <Question title={title} yes={texts.paste} {...answers}>
      <p>{texts.pasteNote}</p>
      {hidden ? <p class="question-warning">{texts.pasteWarning}</p> : null}
      <pre class="question-text" tabIndex={0}>{beginning}</pre>
    </Question>
  );
}

/** Before an address is opened that a guest wrote. */
export function LinkQuestion({ href, host, ...answers }: Answers & { href: string; host: string }) {
  return (
    <Question title={texts.openPage(host)} yes={texts.open} {...answers}>
      <p>{texts.address}</p>
      <pre class="question-text" tabIndex={0}>{href}</pre>
    </Question>
  );
}

interface FitProps extends Answers {
  /** What will be typed. */
  command: string;
}

/** Before a command is typed into a guest that may be doing something else. */
export function FitQuestion({ command, ...answers }: FitProps) {
  return (
    <Question title={texts.tellSize} yes={texts.type} {...answers}>
      <p>{texts.sizeNote}</p>
      <pre class="question-text">{command}</pre>
      <p>{texts.typed}</p>
    </Question>
  );
}

/** Before somebody else loses their console. */
export function TakeoverQuestion({ vm, ...answers }: Answers & { vm: string }) {
  return (
    <Question title={texts.takeOverOf(vm)} yes={texts.takeOver} danger {...answers}>
      <p>
        {texts.takeOverNote[0]}
        <code>virsh console</code>
        {texts.takeOverNote[1]}
      </p>
    </Question>
  );
}

/** Before keys are pressed that a guest may not survive. */
export function KeysQuestion({ keys, vm, ...answers }: Answers & { keys: Keys; vm: string }) {
  const title = texts.pressOn(terminal.keyNames[keys], vm);
  return (
    <Question title={title} yes={texts.press} danger {...answers}>
      <p>{terminal.keyMeanings[keys]}</p>
    </Question>
  );
}
