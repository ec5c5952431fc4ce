import { asset } from "fresh/runtime";
import { define } from "@/utils.ts";

export default define.page(({ Component, state }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {state.session?.csrf === undefined
        ? null
        : <meta name="csrf-token" content={state.session.csrf} />}
      <link rel="icon" type="image/svg+xml" href={asset("/icons/virtglass.svg")} />
      <link rel="stylesheet" href={asset("/css/main.css")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
