export interface Waiting {
  /** What is waited for, as it reads after "waited 5 s for". */
  for: string;
  /** Milliseconds until it is given up. */
  deadline?: number;
  /** Milliseconds between two looks. */
  every?: number;
}

/**
 * Looks again and again until `check` gives something other than undefined, null or false, and
 * returns that. For what announces itself to nobody, such as a file or a process; what sends an
 * event is awaited instead. Throws when the deadline passes, with the last error of `check`.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { for: what, deadline = 10_000, every = 20 }: Waiting,
): Promise<Exclude<T, undefined | null | false>> {
  const end = performance.now() + deadline;
  let failure: unknown;
  for (;;) {
    try {
      const found = await check();
      if (found !== undefined && found !== null && found !== false) {
        return found as Exclude<T, undefined | null | false>;
      }
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > end) {
      throw new Error(`waited ${deadline / 1000} s for ${what}`, { cause: failure });
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** The promise's value, or an error that names `what` when it takes longer than `deadline` ms. */
export async function within<T>(deadline: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${deadline / 1000} s for ${what}`)),
      deadline,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
