import { asset } from "fresh/runtime";
import { languageFor } from "@/routes/(_shared)/language.ts";
import { readLook } from "@/routes/(_shared)/look.ts";
import { speak } from "@/texts/spoken.ts";
import { define } from "@/utils.ts";

/** For the style sheets, and for who listens to keys. */
function lookOf(req: Request) {
  const { theme, density, keys } = readLook(req);
  return { "data-theme": theme, "data-density": density, "data-keys": keys };
}

export default define.page(({ Component, req, state }) => {
  // The wrapper is drawn first, and the page in it before anything else happens.
  const language = languageFor(req);
  speak(language);
  return (
    <html lang={language} {...lookOf(req)}>
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
  );
});
