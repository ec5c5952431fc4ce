import { FormToken } from "@/components/FormToken.tsx";
import { duration, vmPath } from "@/components/format.ts";
import { clockTime, utcDay } from "@/components/moment.ts";
import type { Happened } from "@/components/happened.ts";
import { OutcomeGlyph } from "@/components/Outcome.tsx";
import { timeline } from "@/texts/mod.ts";

/** The VMs by name on which what has failed may be done again. */
export type Retriable = "all" | readonly string[];

interface Props {
  /** The newest first. */
  lines: Happened[];
  /** Whether each says which VM it is about. */
  named: boolean;
  mayRetry: Retriable;
}

/** What happened, by days in UTC. */
export function TimelineList({ lines, named, mayRetry }: Props) {
  const days = new Map<string, Happened[]>();
  for (const line of lines) {
    const day = utcDay(line.time);
    days.set(day, [...days.get(day) ?? [], line]);
  }
  return (
    <div class="timeline">
      {[...days].map(([day, lines]) => (
        <section key={day}>
          <h2>{day}</h2>
          <ol class="timeline-day">
            {lines.map((line) => (
              <Line key={line.id} line={line} named={named} mayRetry={mayRetry} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Line({ line, named, mayRetry }: { line: Happened } & Omit<Props, "lines">) {
  const { kind, time, vm, what, note, who, tone, took, retry } = line;
  return (
    <li class={`line line-${kind} line-${tone}`} data-kind={kind} data-tone={tone}>
      <time dateTime={time}>{clockTime(time)}</time>
      <span class="line-kind">{timeline.kinds[kind]}</span>
      <span class="line-sign">
        {tone === "plain" ? null : <OutcomeGlyph kind={SIGNS[tone]} />}
      </span>
      <div class="line-words">
        <p>
          <span class="line-what">{what}</span>
          {named && vm !== null ? <a href={vmPath({ name: vm, uuid: vm })}>{vm}</a> : null}
          {who === null ? null : <span class="soft">{timeline.by(who)}</span>}
          {took === null || took < 1
            ? null
            : <span class="soft">{timeline.took(duration(took))}</span>}
        </p>
        {note === "" ? null : <p class="soft">{note}</p>}
      </div>
      {retry !== null && vm !== null && (mayRetry === "all" || mayRetry.includes(vm))
        ? (
          <form method="post" action={vmPath({ name: vm, uuid: vm })}>
            <FormToken />
            <button type="submit" class="button" name="choice" value={retry}>
              {timeline.tryAgain}
              <span class="hidden">: {what} {vm}</span>
            </button>
          </form>
        )
        : null}
    </li>
  );
}

const SIGNS = { pending: "pending", good: "done", bad: "failed" } as const;
