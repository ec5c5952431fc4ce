export const title = "API tokens";
export const note =
  "For programs. They go on when your password changes; revoke what you do not need.";
export const none = "None yet.";
export const create = "New token";
export const goodUntil = (time: string) => `good until ${time}`;
export const expired = (time: string) => `expired ${time}`;
export const neverUsed = "never used";
export const justUsed = "used just now";
export const lastUsed = (age: string) => `last used ${age} ago`;
export const revoke = "Revoke";
export const revokeQuestion = (name: string) => `Revoke the token "${name}"?`;
export const revokeNote = "Programs that use it are shut out at once. It cannot be brought back.";

export const newToken = "New API token";
export const name = "Name";
export const nameHint = "What it is for, such as the program and where it runs.";
export const role = "Role";
export const roleHint = "It may do what you may do, but never more than this. A viewer only looks.";
export const goodFor = "Good for";
export const days = (count: number) => `${count} days`;
export const passwordHint = "Asked again, because the token outlives this session.";
export const make = "Make the token";
export const copyNow = (name: string) => `Copy the token "${name}" now.`;
export const copyNote = "It is shown this once; virtglass keeps only a hash of it.";
/** Around the header. */
export const sentAs = ["Programs send it as ", " with every request."] as const;
export const copied = "I have copied it";
