import { run } from "./program.ts";

const sources = `${import.meta.dirname}/c`;

/**
 * Compiles c/NAME.c with gcc and answers the path of the program in `folder`. Throws with gcc's words;
 * it needs gcc and libvirt's header (Debian: gcc, libvirt-dev).
 */
export async function compileC(name: string, folder: string): Promise<string> {
  const program = `${folder}/${name}`;
  const flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-std=gnu11", "-D_GNU_SOURCE"];
  await run("gcc", [...flags, "-o", program, `${sources}/${name}.c`, "-lvirt"]);
  return program;
}

/** The names of all C programs. */
export const programs = (): string[] =>
  [...Deno.readDirSync(sources)]
    .filter((file) => file.name.endsWith(".c"))
    .map((file) => file.name.slice(0, -2));
