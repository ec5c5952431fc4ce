export * from "@/cli/lock.ts";
