export const title = "Zweiter Faktor";
export const note = "Ein Code aus einer App auf Ihrem Telefon, gefragt nach dem Passwort.";
export const offNote = "Aus. Wer Ihr Passwort erfährt, kann sich anmelden.";
export const setUp = "Einrichten";
export const on = "An";
export const codesLeft = (count: number) =>
  count === 1 ? "1 Notfallcode ist übrig." : `${count} Notfallcodes sind übrig.`;
export const change = "Ändern";

export const about =
  "Eine Authenticator-App auf Ihrem Telefon zeigt alle 30 Sekunden einen neuen Code. Ist das an, braucht die Anmeldung Ihr Passwort und diesen Code.";
export const scan =
  "Scannen Sie das mit Ihrer Authenticator-App, und geben Sie dann den Code ein, den sie zeigt.";
export const qrCode = "QR-Code des Geheimnisses darunter";
export const noCamera = [
  "Ohne Kamera tippen Sie das Geheimnis in die App, oder ",
  ":",
] as const;
export const openHere = "öffnen es auf diesem Gerät";
export const code = "Code";
export const turnOn = "Einschalten";
export const notNow = "Nicht jetzt";
export const isOn = (count: number) =>
  `Er ist an; ${
    count === 1 ? "1 Notfallcode ist" : `${count} Notfallcodes sind`
  } übrig. Neue Notfallcodes ersetzen diese. Für ein anderes Telefon schalten Sie ihn aus und richten ihn neu ein.`;
export const renew = "Neue Notfallcodes";
export const turnOff = "Ausschalten";

export const recoveryCodes = "Notfallcodes";
export const keep = "Bewahren Sie diese Codes auf.";
export const keepNote =
  "Sie werden nur dieses eine Mal gezeigt. Jeder meldet Sie einmal an, wenn Ihr Telefon weg ist.";
export const kept = "Ich habe sie aufbewahrt";
