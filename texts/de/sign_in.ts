export const title = "Anmelden";
export const name = "Name";
export const password = "Passwort";
export const code = "Code";
export const codeHint = (user: string) =>
  `Die sechs Ziffern, die die Authenticator-App von ${user} jetzt zeigt, oder ein Notfallcode.`;
export const startAgain = "Von vorn beginnen";
