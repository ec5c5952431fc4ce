import { vm, wire } from "@/texts/mod.ts";

/** Why a VM is in its state, in words; "" when that is not known. */
export function reasonWords(reason: string): string {
  return vm.reasons[reason] ?? wire.words(reason);
}
