export * from "@/cli/run.ts";
