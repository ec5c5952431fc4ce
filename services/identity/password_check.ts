import { GlassError } from "@/services/errors.ts";

const MIN_LENGTH = 8;
const MAX_LENGTH = 1024;
/** zxcvbn's scale ends at 4; what it calls 2 falls to a machine that has stolen the hash. */
const LEAST_SCORE = 3;

/** What zxcvbn found, by its own words for it. */
const WEAKNESS: Record<string, string> = {
  topTen: "it is one of the ten most common passwords",
  topHundred: "it is one of the hundred most common passwords",
  common: "it is a common password",
  similarToCommon: "it is close to a common password",
  pwned: "it is among passwords that were stolen elsewhere",
  userInputs: "it is made of the user's name or of virtglass",
  simpleRepeat: "it repeats itself",
  extendedRepeat: "it repeats itself",
  straightRow: "its keys are in a row on the keyboard",
  keyPattern: "its keys make a pattern on the keyboard",
  sequences: "its characters follow each other",
  recentYears: "it is made of a year",
  dates: "it is made of a date",
};

/**
 * Lets a new password pass that is long enough and neither known from breaches nor quickly guessed.
 *
 * @throws GlassError INVALID_MESSAGE, which never has the password in it
 */
export async function demandGoodPassword(password: string, user: string): Promise<void> {
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
    throw new GlassError(
      "INVALID_MESSAGE",
      `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters; this one has ${password.length}.`,
    );
  }
  const { score, feedback } = await guess(password, user);
  if (score >= LEAST_SCORE) return;
  const why = WEAKNESS[feedback.warning ?? ""] ?? "too few guesses find it";
  throw new GlassError(
    "INVALID_MESSAGE",
    `This password is too easy to guess: ${why}. Take a longer one, such as several words that have nothing to do with each other.`,
  );
}

/** zxcvbn and its lists take 500 kB: they are loaded when somebody chooses a password. */
async function guess(password: string, user: string) {
  const { ZxcvbnFactory } = await import("@zxcvbn-ts/core");
  const { adjacencyGraphs, dictionary } = await import("@zxcvbn-ts/language-common");
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return zxcvbn.check(password, [user, "virtglass"]);
}
