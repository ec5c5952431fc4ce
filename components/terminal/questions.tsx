import { Question } from "@/components/terminal/Question.tsx";

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
  const title = lines === 1 ? `Paste one line of ${size}?` : `Paste ${lines} lines, ${size}?`;
  return (
    <Question title={title} yes="Paste" {...answers}>
      <p>The guest runs every line as if you had typed it and pressed Enter.</p>
      {hidden
        ? (
          <p class="question-warning">
            Control characters were hidden in it, which would have acted as keys. They were taken
            out; look twice at what is left.
          </p>
        )
        : null}
      <pre class="question-text" tabIndex={0}>{beginning}</pre>
    </Question>
  );
}

/** Before an address is opened that a guest wrote. */
export function LinkQuestion({ href, host, ...answers }: Answers & { href: string; host: string }) {
  return (
    <Question title={`Open a page of ${host}?`} yes="Open" {...answers}>
      <p>The guest wrote this address:</p>
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
    <Question title="Tell the guest this terminal's size?" yes="Type it" {...answers}>
      <p>
        A serial line does not carry the size of a terminal. At a shell's prompt, this tells it:
      </p>
      <pre class="question-text">{command}</pre>
      <p>It is typed with Enter, whatever the guest is doing.</p>
    </Question>
  );
}

/** Before somebody else loses their console. */
export function TakeoverQuestion({ vm, ...answers }: Answers & { vm: string }) {
  return (
    <Question title={`Take over the console of ${vm}?`} yes="Take over" danger {...answers}>
      <p>
        Something else holds it, such as <code>virsh console</code>{" "}
        on the host. It is disconnected, whatever it was doing.
      </p>
    </Question>
  );
}
