const MOST = 1000;

/** What was found, by what it was found by: of the latest thousand. */
export class Remembered<Value> {
  /** Maps keep insertion order, so the first key is the oldest. */
  readonly #values = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    const values = this.#values;
    if (values.size >= MOST && !values.has(key)) values.delete(values.keys().next().value!);
    values.set(key, value);
  }

  clear(): void {
    this.#values.clear();
  }
}
