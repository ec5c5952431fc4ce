import type { ErrorCode } from "@/protocol/codes.ts";
import * as z from "@/protocol/zod.ts";
import { GlassError } from "../errors.ts";
import { VERSION } from "../version.ts";
import { answers, bodies, type Operation, OPERATIONS, type Parameter } from "./operations.ts";

export type JSONObject = Record<string, unknown>;

/** What any operation can answer. */
const COMMON: readonly ErrorCode[] = ["RATE_LIMITED", "INTERNAL"];
const SIGNED_IN: readonly ErrorCode[] = ["UNAUTHENTICATED", "FORBIDDEN"];

/** The API as OpenAPI 3.1 describes one. https://spec.openapis.org/oas/v3.1.1.html */
export function openAPI(): JSONObject {
  const paths: Record<string, JSONObject> = {};
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ??= {};
    path[operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "virtglass",
      version: VERSION,
      description: "Times are RFC 3339 in UTC, sizes bytes, durations seconds. " +
        "WebSockets are described in docs/PROTOCOL.md.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    tags: [...new Set(OPERATIONS.map(({ of }) => of))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...schemas(answers(), "output"), ...schemas(bodies(), "input") },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "of /auth/login, or an API token" },
      },
    },
    security: [{ token: [] }],
  };
}

function describe(operation: Operation): JSONObject {
  const { method, path, of, says, query = [], body, open = false } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => inAddress(name!));
  const parameters = [...inPath, ...query.map(inQuery)];
  return {
    operationId: operationId(method, path),
    tags: [of],
    summary: says,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : {
      requestBody: { required: true, content: { "application/json": { schema: reference(body) } } },
    }),
    responses: { [operation.answer.status]: success(operation), ...refusals(operation) },
    ...(open ? { security: [] } : {}),
  };
}

/** "getVmsNameCommands" of GET /vms/{name}/commands. */
function operationId(method: string, path: string): string {
  const words = path.split(/\W+/).filter(Boolean);
  return method.toLowerCase() +
    words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

const IN_ADDRESS: Record<string, string> = {
  "name": "a name, percent-encoded; of a VM also its UUID",
  "requestId": "as it was given with the command",
  "id": "a recording's id",
};

const inAddress = (name: string) => ({
  name,
  in: "path",
  required: true,
  description: IN_ADDRESS[name],
  schema: { type: "string" },
});

const inQuery = ({ name, says, schema }: Parameter) => ({
  name,
  in: "query",
  description: says,
  schema: schema === undefined ? { type: "string" } : plain(z.toJSONSchema(schema)),
});

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function success({ answer: { of, list = false, type } }: Operation): JSONObject {
  if (type !== undefined) return { description: "The file", content: { [type]: {} } };
  if (of === undefined) return { description: "Done" };
  const schema = list ? { type: "array", items: reference(of) } : reference(of);
  return { description: list ? "A list" : of, content: { "application/json": { schema } } };
}

/** The error codes of an operation, by the status that each has. */
export function refusalsOf({ path, query, body, open, errors = [] }: Operation): ErrorCode[] {
  const asked = body !== undefined || query !== undefined;
  return [
    ...(asked ? ["INVALID_MESSAGE"] as const : []),
    ...(open ? (body ? ["UNAUTHENTICATED"] as const : []) : SIGNED_IN),
    ...(path.includes("{") && !errors.includes("VM_NOT_FOUND") ? ["NOT_FOUND"] as const : []),
    ...errors,
    ...COMMON,
  ];
}

function refusals(operation: Operation): JSONObject {
  const byStatus = Map.groupBy(refusalsOf(operation), (code) => new GlassError(code, "").status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, {
      description: codes.join(" or "),
      content: { "application/problem+json": { schema: reference("Problem") } },
    }]),
  );
}

/** Schemas that refer to one another by name, as components of the document. */
function schemas(named: Record<string, z.ZodMiniType>, io: "input" | "output"): JSONObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // What zod tests times with says no more than their format, in 300 characters.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      // Answers may grow: a client that takes no field more would break with the next version.
      if (io === "output") delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** Within a document only the document says which JSON Schema it is, and where it lies. */
function plain({ $schema: _, $id: __, ...schema }: JSONObject): JSONObject {
  return schema;
}
