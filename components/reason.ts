/** libvirt's reasons that read oddly beside the state, in plain words: "Paused by a user". */
const WORDS: Record<string, string> = {
  unknown: "",
  destroyed: "powered off",
  shutdown: "shut down",
  unpaused: "resumed",
  user: "by a user",
};

/** Why a VM is in its state, in words; "" when that is not known. */
export function reasonWords(reason: string): string {
  return WORDS[reason] ?? reason;
}
