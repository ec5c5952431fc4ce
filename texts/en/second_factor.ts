export const title = "Second factor";
export const note = "A code from an app on your phone, asked for after your password.";
export const offNote = "Off. Whoever learns your password can sign in.";
export const setUp = "Set up";
export const on = "On";
export const codesLeft = (count: number) =>
  count === 1 ? "1 recovery code is left." : `${count} recovery codes are left.`;
export const change = "Change";

export const about =
  "An authenticator app on your phone shows a new code every 30 seconds. With it on, signing in takes your password and that code.";
export const scan = "Scan this with your authenticator app, then enter the code that it shows.";
export const qrCode = "QR code of the secret below";
/** Around a link that opens the app on this device. */
export const noCamera = ["Without a camera, type the secret into the app, or ", ":"] as const;
export const openHere = "open it on this device";
export const code = "Code";
export const turnOn = "Turn on";
export const notNow = "Not now";
export const isOn = (count: number) =>
  `It is on, with ${
    count === 1 ? "1 recovery code" : `${count} recovery codes`
  } left. New recovery codes replace those. For another phone, turn it off and set it up again.`;
export const renew = "New recovery codes";
export const turnOff = "Turn off";

export const recoveryCodes = "Recovery codes";
export const keep = "Keep these codes.";
export const keepNote =
  "They are shown this once. Each signs you in once, when your phone is lost.";
export const kept = "I have kept them";
