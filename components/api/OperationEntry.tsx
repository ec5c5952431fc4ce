/** One operation of the API, as the page about it shows it. */
export interface ShownOperation {
  id: string;
  method: string;
  path: string;
  says: string;
  open: boolean;
  parameters: { name: string; place: string; says: string; type: string }[];
  /** The name of the shape of what is sent, or null. */
  body: string | null;
  answer: { status: number; shape: string | null; words: string };
  errors: string;
}

export function OperationEntry({ operation }: { operation: ShownOperation }) {
  const { id, method, path, says, open, parameters, body, answer, errors } = operation;
  return (
    <section class="api-operation" id={id}>
      <h3>
        <span class={`api-method api-${method.toLowerCase()}`}>{method}</span> <code>{path}</code>
      </h3>
      <p>{says}.{open && " Needs nobody signed in."}</p>
      <dl class="api-facts">
        {parameters.map(({ name, place, says, type }) => (
          <>
            <dt>
              <code>{place === "query" ? `?${name}=` : `{${name}}`}</code>
            </dt>
            <dd>
              {says} <span class="api-type">{type}</span>
            </dd>
          </>
        ))}
        {body !== null && (
          <>
            <dt>takes</dt>
            <dd>
              <Shape name={body} />
            </dd>
          </>
        )}
        <dt>answers</dt>
        <dd>
          {answer.status} {answer.words}
          {answer.shape !== null && <Shape name={answer.shape} />}
        </dd>
        <dt>refuses</dt>
        <dd class="api-errors">{errors}</dd>
      </dl>
    </section>
  );
}

const Shape = ({ name }: { name: string }) => (
  <a href={`#${name}`}>
    <code>{name}</code>
  </a>
);
