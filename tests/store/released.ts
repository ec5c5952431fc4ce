/** The SQL of a store as schema number `schema` left it. */
export const schemaFile = (schema: number) => `${import.meta.dirname}/schemas/${schema}.sql`;

/** The schemas whose stores are kept, in order. */
export const released = () =>
  [...Deno.readDirSync(`${import.meta.dirname}/schemas`)]
    .map(({ name }) => Number(name.replace(".sql", ""))).toSorted((a, b) => a - b);
