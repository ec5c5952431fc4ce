import type { Recording } from "@/protocol.ts";
import { duration, plain, size } from "@/components/format.ts";
import { moment } from "@/components/moment.ts";
import { elapsed, starter } from "@/components/recorded.ts";

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
    <table role="table" class="recordings" aria-label="Recordings">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">VM</th>
          <th role="columnheader" scope="col">Started</th>
          <th role="columnheader" scope="col">By</th>
          <th role="columnheader" scope="col" class="cell-end">Length</th>
          <th role="columnheader" scope="col" class="cell-end">Size</th>
          <th role="columnheader" scope="col">Ended</th>
          <th role="columnheader" scope="col">
            <span class="hidden">What to do with it</span>
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
        <a href={`/recordings/${id}`} aria-label={`Replay ${vm}, ${moment(startedAt)}`}>{vm}</a>
      </th>
      <td role="cell" class="cell-started">
        <time datetime={startedAt}>{moment(startedAt)}</time>
      </td>
      <td role="cell" class="cell-by">{starter(recording)}</td>
      <td role="cell" class="cell-end">{duration(elapsed(recording, now))}</td>
      <td role="cell" class="cell-end">{plain(size(bytes))}</td>
      <td role="cell" class="cell-why">
        {endedAt === null ? <span class="recording-on">Recording now</span> : ended}
      </td>
      <td role="cell" class="cell-act">
        <a href={`/api/v1/recordings/${id}/cast`} download>Download</a>
        {mayDelete && endedAt !== null
          ? (
            <form method="get" action={`/recordings/${id}`}>
              <button type="submit" class="button button-bare" name="confirm" value="delete">
                Delete<span class="hidden">{vm}, {moment(startedAt)}</span>
              </button>
            </form>
          )
          : null}
      </td>
    </tr>
  );
}
