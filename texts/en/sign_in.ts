export const title = "Sign in";
export const name = "Name";
export const password = "Password";
export const code = "Code";
export const codeHint = (user: string) =>
  `The six digits that ${user}'s authenticator app shows now, or a recovery code.`;
export const startAgain = "Start again";
export const incomplete = "Enter your name and your password.";

/** Why it failed, by the error's code. */
export const refused = "The name or the password is wrong.";
