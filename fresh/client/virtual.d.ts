declare module "virtual:static-assets" {
  const staticAssets: Record<string, string>;
  export default staticAssets;
}

/** What the build knows; `DEV` in a development build, where production drops the code. */
interface ImportMeta {
  readonly env: { readonly DEV: boolean };
}
