/**
 * A bundle's module with `import()` of its neighbours by addresses that Deno cannot tell beforehand. Those
 * that it can, it reads at every start, with all that they import: each module that may ever be asked for.
 */
export function lateImports(code: string): string {
  return code.replace(/\bimport\((["'`]\.\/[^"'`$]+["'`])\)/g, "import(String($1))");
}
