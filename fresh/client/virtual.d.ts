declare module "virtual:static-assets" {
  const staticAssets: Record<string, string>;
  export default staticAssets;
}
