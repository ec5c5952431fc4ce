export const title = "XML";
export const asItIs = "Wie libvirt es jetzt hat, ohne Passwörter";
export const copy = "Kopieren";
