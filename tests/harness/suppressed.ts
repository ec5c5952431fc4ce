/**
 * Read before a test file: has Deno print both errors where a test failed and cleaning up after it did
 * too, of which it tells by itself only that there were two.
 */
Object.defineProperty(SuppressedError.prototype, "cause", {
  get(this: SuppressedError): AggregateError {
    return new AggregateError([this.suppressed, this.error]);
  },
});
