/**
 * An error that ends a request with the given HTTP status. Thrown from a handler, a middleware or a
 * component, it is shown by the nearest `_error.tsx`, which finds it as `error`.
 */
export class HttpError extends Error {
  readonly status: number;

  /** `status` is 400 to 599; the message defaults to the status in words. */
  constructor(status: number, message?: string, options?: ErrorOptions) {
    super(message ?? statusText[status] ?? `HTTP status ${status}`, options);
    this.name = "HttpError";
    this.status = status;
  }
}

const statusText: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
