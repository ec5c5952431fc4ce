import {
  FitQuestion,
  KeysQuestion,
  LinkQuestion,
  PasteQuestion,
  TakeoverQuestion,
} from "@/components/terminal/questions.tsx";
import type { Keys } from "@/protocol/mod.ts";

/** What is to be done after a question; a paste is `text`, and what the question says of it. */
export type Asking =
  | {
    kind: "paste";
    text: string;
    lines: number;
    size: string;
    beginning: string;
    hidden: boolean;
  }
  | { kind: "link"; href: string; host: string }
  | { kind: "keys"; keys: Keys }
  | { kind: "fit" | "takeover" };

interface Props {
  asking: Asking;
  vm: string;
  /** The command that tells the guest the size that this terminal has now. */
  fit: string;
  onPaste: (text: string) => void;
  onFit: () => void;
  onPress: (keys: Keys) => void;
  onTakeover: () => void;
  onClose: () => void;
}

/** The question that a terminal asks at the moment. */
export function ConsoleQuestion({ asking, vm, fit, onClose, ...does }: Props) {
  switch (asking.kind) {
    case "paste":
      return (
        <PasteQuestion
          {...asking}
          onYes={() => does.onPaste(asking.text)}
          onClose={onClose}
        />
      );
    case "link": {
      const follow = () => void open(asking.href, "_blank", "noopener,noreferrer");
      return <LinkQuestion {...asking} onYes={follow} onClose={onClose} />;
    }
    case "keys": {
      const press = () => does.onPress(asking.keys);
      return <KeysQuestion keys={asking.keys} vm={vm} onYes={press} onClose={onClose} />;
    }
    case "fit":
      return <FitQuestion command={fit} onYes={does.onFit} onClose={onClose} />;
    case "takeover":
      return <TakeoverQuestion vm={vm} onYes={does.onTakeover} onClose={onClose} />;
  }
}
