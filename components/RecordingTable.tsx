import type { Recording } from "@/protocol/mod.ts";
import { duration, plain, size } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";
import { elapsed, starter } from "@/components/recorded.ts";
import { common, recordings as texts, wire } from "@/texts/mod.ts";

interface Props {
  recordings: Recording[];
  /** The server's clock in ms. */
  now: number;
  mayDelete: (recording: Recording) => boolean;
}

/**
 * Recordings, the newest first. The roles repeat what the elements mean already, because browsers
 * forget it where a narrow page lays rows out as cards.
 */
export function RecordingTable({ recordings, now, mayDelete }: Props) {
  return (
    <table role="table" class="recordings" aria-label={texts.title}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">{texts.vm}</th>
          <th role="columnheader" scope="col">{texts.started}</th>
          <th role="columnheader" scope="col">{texts.by}</th>
          <th role="columnheader" scope="col" class="cell-end">{texts.length}</th>
          <th role="columnheader" scope="col" class="cell-end">{texts.size}</th>
          <th role="columnheader" scope="col">{texts.ended}</th>
          <th role="columnheader" scope="col">
            <span class="hidden">{texts.whatToDo}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {recordings.map((recording) => (
          <Row
            key={recording.id}
            recording={recording}
            now={now}
            mayDelete={mayDelete(recording)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(
  { recording, now, mayDelete }: { recording: Recording; now: number; mayDelete: boolean },
) {
  const { id, vm, startedAt, endedAt, ended, bytes } = recording;
  return (
    <tr role="row" data-recording={id}>
      <th role="rowheader" scope="row" class="cell-vm">
        <a href={`/recordings/${id}`} aria-label={texts.replayOf(vm, moment(startedAt))}>{vm}</a>
      </th>
      <td role="cell" class="cell-started">
        <time datetime={startedAt}>{moment(startedAt)}</time>
      </td>
      <td role="cell" class="cell-by">{starter(recording)}</td>
      <td role="cell" class="cell-end">{duration(elapsed(recording, now))}</td>
      <td role="cell" class="cell-end">{plain(size(bytes))}</td>
      <td role="cell" class="cell-why">
        {endedAt === null ? <span class="recording-on">{texts.now}</span> : wire.words(ended ?? "")}
      </td>
      <td role="cell" class="cell-act">
        <a href={`/api/v1/recordings/${id}/cast`} download>{common.download}</a>
        {mayDelete && endedAt !== null
          ? (
            <form method="get" action={`/recordings/${id}`}>
              <button type="submit" class="button button-bare" name="confirm" value="delete">
                {common.remove}
                <span class="hidden">{vm}, {moment(startedAt)}</span>
              </button>
            </form>
          )
          : null}
      </td>
    </tr>
  );
}
