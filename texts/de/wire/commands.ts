/** What became of commands. */
export const COMMANDS: Record<string, string> = {
  "it is paused; resume it": "sie ist angehalten; setzen Sie sie fort",
  "it is already running": "sie läuft schon",
  "it is not paused": "sie ist nicht angehalten",
  "it is not running": "sie läuft nicht",
  "it is paused, so the guest cannot react; resume it first, or use force":
    "sie ist angehalten, der Gast kann also nicht reagieren; setzen Sie sie erst fort, oder schalten Sie sie aus",
  "it stopped instead of restarting": "sie ging aus, statt neu zu starten",
  "the VM that this command was given to is gone":
    "die VM, der dieser Befehl galt, gibt es nicht mehr",
  'Cannot start VM "{}": {}': 'VM "{1}" lässt sich nicht starten: {2}',
  'Cannot stop VM "{}": {}': 'VM "{1}" lässt sich nicht herunterfahren: {2}',
  'Cannot restart VM "{}": {}': 'VM "{1}" lässt sich nicht neu starten: {2}',
  'Cannot suspend VM "{}": {}': 'VM "{1}" lässt sich nicht anhalten: {2}',
  'Cannot resume VM "{}": {}': 'VM "{1}" lässt sich nicht fortsetzen: {2}',
  "{} commands wait for it already. Try again when some have ended.":
    "{1} Befehle warten schon auf sie. Versuchen Sie es noch einmal, wenn einige davon fertig sind.",
  'VM "{}" started successfully': 'VM "{1}" ist gestartet',
  'VM "{}" suspended': 'VM "{1}" ist angehalten',
  'VM "{}" resumed': 'VM "{1}" ist fortgesetzt',
  'VM "{}" powered off': 'VM "{1}" ist ausgeschaltet',
  'VM "{}" shut down': 'VM "{1}" ist heruntergefahren',
  'VM "{}" reset': 'VM "{1}" ist zurückgesetzt',
  'VM "{}" restarted': 'VM "{1}" ist neu gestartet',
  'Starting VM "{}".': 'VM "{1}" wird gestartet.',
  'Stopping VM "{}".': 'VM "{1}" wird beendet.',
  'Restarting VM "{}".': 'VM "{1}" wird neu gestartet.',
  'Suspending VM "{}".': 'VM "{1}" wird angehalten.',
  'Resuming VM "{}".': 'VM "{1}" wird fortgesetzt.',
  "Waiting for the command before it.": "Wartet auf den Befehl davor.",
  'Waiting for the guest of VM "{}".': 'Wartet auf den Gast der VM "{1}".',
  'The guest of VM "{}" did not react within {} s. It may have no ACPI support or be stuck: use force to power off or reset.':
    'Der Gast der VM "{1}" hat {2} s lang nicht reagiert. Vielleicht kann er kein ACPI, oder er hängt: Ausschalten oder Zurücksetzen hilft.',
  "libvirt is still busy with it, and may finish it yet. Look at the VM's state before you try again.":
    "libvirt arbeitet noch daran und wird vielleicht noch fertig. Sehen Sie nach dem Zustand der VM, bevor Sie es noch einmal versuchen.",
  "It is still running.": "Der Befehl läuft noch.",
  "Interrupted: virtglass ended while it ran.": "Unterbrochen: virtglass endete, während er lief.",
  "Interrupted: virtglass is stopping. Look at the VM's state before you try again.":
    "Unterbrochen: virtglass wird beendet. Sehen Sie nach dem Zustand der VM, bevor Sie es noch einmal versuchen.",
  'User "{}" ({}) may not do "{}" on VM "{}".':
    'Benutzer "{1}" ({2}) darf das nicht: "{3}" an der VM "{4}".',
  'User "{}" ({}) may not do "{}".': 'Benutzer "{1}" ({2}) darf das nicht: "{3}".',
  "single VMs": "einzelne VMs",
  'Cannot look for VM "{}" yet: {}': 'VM "{1}" lässt sich noch nicht suchen: {2}',
  "the VMs are being listed.": "Die VMs werden gerade aufgelistet.",
  'User "{}" may not sign in any more.': 'Benutzer "{1}" darf sich nicht mehr anmelden.',
  'User "{}" has given {} commands within a minute. Try again in {} s.':
    'Benutzer "{1}" hat in einer Minute {2} Befehle gegeben. Versuchen Sie es in {3} s noch einmal.',
  "Something went wrong in virtglass; its log has the details.":
    "In virtglass ging etwas schief; sein Log sagt, was.",
  "Nothing was changed: the audit log cannot be written. Watching goes on; the log of virtglass says what is wrong.":
    "Nichts wurde geändert: Das Audit-Protokoll lässt sich nicht schreiben. Zusehen geht weiter; das Log von virtglass sagt, woran es liegt.",
};
