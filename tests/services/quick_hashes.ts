import { PasswordHashes } from "@/services/identity/password_hash.ts";

/** Passwords that are hashed in no time, for what is not about how long that takes. */
export const quickHashes = () => new PasswordHashes({ N: 16, r: 8, p: 1 });
