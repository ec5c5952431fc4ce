import { GlassError } from "@/services/errors.ts";

/** Bytes of the largest body there is: of a form, or of JSON. */
export const MAX_BODY = 64 * 1024;
/** Milliseconds that a body may take to come. */
const BODY_TIME = 10_000;

/**
 * The request with its whole body in memory. No route reads more than this, and none waits for a
 * client that stops in the middle.
 *
 * @throws GlassError INVALID_MESSAGE for one that is too large or too slow, whatever it claims
 */
export async function bounded(request: Request): Promise<Request> {
  const { url, method, headers, body } = request;
  // With these a body means nothing, and nobody reads it.
  if (body === null || /^(GET|HEAD)$/i.test(method)) return request;
  return new BoundedRequest(url, { method, headers, body: await readWhole(body) });
}

/** What is wrong with a form is its sender's fault, and not ours. */
class BoundedRequest extends Request {
  override async formData(): Promise<FormData> {
    try {
      return await super.formData();
    } catch {
      throw invalid("The body is no form.");
    }
  }
}

async function readWhole(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const late = setTimeout(() => reader.cancel("late"), BODY_TIME);
  const begun = performance.now();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw invalid("The body was cut off.");
      });
      if (done) break;
      size += value.length;
      if (size > MAX_BODY) throw invalid(`A body has at most ${MAX_BODY} bytes.`);
      parts.push(value);
    }
  } finally {
    clearTimeout(late);
  }
  // A reader that was cancelled says that it is done.
  if (performance.now() - begun >= BODY_TIME) {
    throw invalid(`The body did not come within ${BODY_TIME / 1000} s.`);
  }
  return join(parts, size);
}

const invalid = (message: string) => new GlassError("INVALID_MESSAGE", message);

function join(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
