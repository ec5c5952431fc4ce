import { page } from "fresh";
import { Head } from "fresh/runtime";
import { OperationEntry, type ShownOperation } from "@/components/api/OperationEntry.tsx";
import type { JSONObject } from "@/services/openapi/document.ts";
import type { Operation } from "@/services/openapi/operations.ts";
import { outline } from "@/services/openapi/outline.ts";
import { define } from "@/utils.ts";

/** The document at /api/v1/openapi.json, to be read: no script, and nothing from elsewhere. */
export const handler = define.handlers({
  async GET() {
    const { openAPI, refusalsOf } = await import("@/services/openapi/document.ts");
    const { OPERATIONS } = await import("@/services/openapi/operations.ts");
    const { paths, components } = openAPI() as unknown as Described;
    const groups = [...Map.groupBy(OPERATIONS, ({ of }) => of)].map(([name, operations]) => ({
      name,
      operations: operations.map((operation) => {
        const { operationId, parameters = [] } =
          paths[operation.path]![operation.method.toLowerCase()]!;
        return shown(operation, operationId, parameters, refusalsOf(operation));
      }),
    }));
    const shapes = Object.entries(components.schemas).map(([name, schema]) => ({
      name,
      text: outline(schema),
    }));
    return page({ groups, shapes });
  },
});

/** What is read of the document. */
interface Described {
  paths: Record<string, Record<string, { operationId: string; parameters?: DescribedParameter[] }>>;
  components: { schemas: Record<string, JSONObject> };
}

interface DescribedParameter {
  name: string;
  in: string;
  description: string;
  schema: JSONObject;
}

function shown(
  operation: Operation,
  id: string,
  parameters: readonly DescribedParameter[],
  errors: readonly string[],
): ShownOperation {
  const { method, path, says, body = null, answer, open = false } = operation;
  const words = answer.type ?? (answer.of ? answer.list ? "a list of " : "" : "");
  return {
    ...{ id, method, path, says, open, body },
    parameters: parameters.map(({ name, in: place, description, schema }) => ({
      ...{ name, place, says: description },
      // An enumeration of a page's length is in the document.
      type: Array.isArray(schema.enum) && schema.enum.length > 8 ? "" : outline(schema),
    })),
    answer: { status: answer.status, shape: answer.of ?? null, words },
    errors: errors.join(", "),
  };
}

export default define.page<typeof handler>(({ data: { groups, shapes }, state }) => (
  <div class={state.session === null ? "page api" : "api"}>
    <Head>
      <title>API · virtglass</title>
    </Head>
    <h1>API</h1>
    <p class="api-lead">
      All below{" "}
      <code>/api/v1</code>, in JSON: times are RFC 3339 in UTC, sizes bytes, durations seconds. Send
      a token of <a href="#postAuthLogin">/auth/login</a>, or an API token, with{" "}
      <code>Authorization: Bearer TOKEN</code>. Refusals are problem details (RFC 9457) with one of
      the codes that stand with each operation. For programs:{" "}
      <a href="/api/v1/openapi.json">openapi.json</a>.
    </p>
    <nav class="api-contents" aria-label="Contents">
      {groups.map(({ name, operations }) => (
        <section key={name}>
          <h2>{name}</h2>
          <ul>
            {operations.map(({ id, method, path }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <span class={`api-method api-${method.toLowerCase()}`}>{method}</span>
                  {path}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
    {groups.map(({ name, operations }) => (
      <section key={name} class="api-group">
        <h2>{name}</h2>
        {operations.map((operation) => <OperationEntry key={operation.id} operation={operation} />)}
      </section>
    ))}
    <section class="api-group">
      <h2>Shapes</h2>
      {shapes.map(({ name, text }) => (
        <section key={name} id={name} class="api-operation">
          <h3>
            <code>{name}</code>
          </h3>
          <pre class="api-shape" tabindex={0}>{text}</pre>
        </section>
      ))}
    </section>
  </div>
));
