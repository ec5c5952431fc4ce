/** By HTTP status: what happened, and what to do about it. */
export const pages = {
  400: { title: "That request makes no sense", advice: "Go back and try it again." },
  401: { title: "You are signed out", advice: "Sign in and come back." },
  403: {
    title: "You may not do that",
    advice: "If it is your role that forbids it, an administrator can give you another one.",
  },
  404: {
    title: "There is nothing here",
    advice: "The VM may have been removed or renamed, or you may not see it.",
  },
  405: { title: "That cannot be done here", advice: "Go back to the host." },
  429: { title: "Too many requests", advice: "Wait a minute, then try again." },
  500: {
    title: "virtglass made a mistake",
    advice: "Try it again. If it stays, the log of virtglass says what went wrong.",
  },
  502: {
    title: "libvirt refused",
    advice: "Its own words are above; try again once that is mended.",
  },
  503: {
    title: "libvirt does not answer",
    advice:
      "Check that libvirtd runs on the host. virtglass keeps trying and comes back by itself.",
  },
};

/** By the error's code, where its status says too little. */
export const unrecorded = {
  title: "Nothing was changed",
  advice:
    "The audit log cannot be written, and what is not recorded is not done. The log of virtglass says what is wrong; most likely its disk is full.",
};
export const toHost = "To the host";
