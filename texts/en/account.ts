export const title = "Your account";
export const onSingleVMs = "With a role on single VMs";

export const password = "Password";
export const passwordNote = "Changing it ends all your other sessions.";
export const changePassword = "Change password";
export const presentPassword = "Present password";
export const newPassword = "New password";
export const newPasswordHint = "Length counts for more than odd characters.";
export const newPasswordAgain = "New password again";
export const yourPassword = "Your password";

export const sessions = "Sessions";
export const sessionsNote =
  "Where you are signed in. One that is not used for a while ends by itself.";
export const endOthers = "End all others";
export const endOthersQuestion = "End all other sessions?";
export const endOthersNote =
  "Every other browser and program that signed in as you has to sign in again. API tokens go on.";
export const endThem = "End them";
/** "Firefox on Linux", as services/identity tells it. */
export const device = (english: string): string => english;
export const unknownDevice = "Unknown device";
export const thisSession = "this session";
export const signedIn = (time: string) => `signed in ${time}`;
export const inUse = "in use now";
export const lastUsed = (age: string) => `last used ${age} ago`;
export const end = "End";
/** After "End", for those who hear it. */
export const ofDevice = (device: string | null) =>
  `the session of ${device ?? "an unknown device"}`;

/** What a form has done, by its name. */
export const done: Record<string, string> = {
  "password": "Your password is changed, and your other sessions have ended.",
  "second-factor-off": "The second factor is off. Signing in takes your password alone.",
  "session": "The session has ended.",
  "others": "All your other sessions have ended.",
  "revoked": "The API token is revoked.",
};
