/** `performance.now()` goes on by so many ms until it is disposed. */
export function later(milliseconds: number): Disposable {
  const { now } = performance;
  performance.now = () => now.call(performance) + milliseconds;
  return { [Symbol.dispose]: () => void (performance.now = now) };
}
