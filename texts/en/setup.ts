export const page = "Set up";
export const title = "Make the first admin";
/** Around the name of a file. */
export const about = [
  "It may do everything, and say who else may do what. The set-up code is on the terminal that virtglass was started on, and in the file ",
  " of its data folder.",
] as const;
export const code = "Set-up code";
export const codeHint = "Good for an hour; every start makes a new one.";
export const name = "Name";
export const password = "Password";
export const passwordHint = "At least 8 characters, and not quickly guessed.";
export const make = "Make the admin";
