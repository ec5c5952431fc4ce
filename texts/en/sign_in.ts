export const title = "Sign in";
export const name = "Name";
export const password = "Password";
export const code = "Code";
export const codeHint = (user: string) =>
  `The six digits that ${user}'s authenticator app shows now, or a recovery code.`;
export const startAgain = "Start again";
