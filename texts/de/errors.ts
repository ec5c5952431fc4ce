export const pages = {
  400: {
    title: "Diese Anfrage ergibt keinen Sinn",
    advice: "Gehen Sie zurück und versuchen Sie es noch einmal.",
  },
  401: { title: "Sie sind abgemeldet", advice: "Melden Sie sich an und kommen Sie wieder." },
  403: {
    title: "Das dürfen Sie nicht",
    advice: "Verbietet es Ihre Rolle, kann ein Administrator Ihnen eine andere geben.",
  },
  404: {
    title: "Hier gibt es nichts",
    advice: "Vielleicht wurde die VM entfernt oder umbenannt, oder Sie dürfen sie nicht sehen.",
  },
  405: { title: "Das geht hier nicht", advice: "Gehen Sie zurück zum Host." },
  429: {
    title: "Zu viele Anfragen",
    advice: "Warten Sie eine Minute und versuchen Sie es dann noch einmal.",
  },
  500: {
    title: "virtglass hat einen Fehler gemacht",
    advice:
      "Versuchen Sie es noch einmal. Bleibt es dabei, sagt das Log von virtglass, woran es lag.",
  },
  502: {
    title: "libvirt hat abgelehnt",
    advice: "Was es selbst sagt, steht oben; versuchen Sie es, wenn das behoben ist.",
  },
  503: {
    title: "libvirt antwortet nicht",
    advice:
      "Prüfen Sie, ob libvirtd auf dem Host läuft. virtglass versucht es weiter und kommt von selbst zurück.",
  },
};

export const unrecorded = {
  title: "Nichts wurde geändert",
  advice:
    "Das Audit-Protokoll lässt sich nicht schreiben, und was nicht protokolliert wird, wird nicht getan. Das Log von virtglass sagt, woran es liegt; meistens ist die Platte voll.",
};
export const toHost = "Zum Host";
