/** What became of consoles, their recordings, and the sockets of a page. */
export const CONSOLES: Record<string, string> = {
  'The console of VM "{}" is not attached yet.':
    'Die Konsole der VM "{1}" ist noch nicht verbunden.',
  'VM "{}" is not running.': 'VM "{1}" läuft nicht.',
  'The guest of VM "{}" does not read its console and too much input waits already: none of these {} bytes was taken.':
    'Der Gast der VM "{1}" liest seine Konsole nicht, und es wartet schon zu viel Eingabe: Von diesen {2} Bytes wurde keines angenommen.',
  'Something else holds the console of VM "{}" (virsh console, perhaps). Close it there, or take it over.':
    'Etwas anderes hält die Konsole der VM "{1}" (vielleicht virsh console). Schließen Sie sie dort, oder übernehmen Sie sie.',
  'Cannot open the console of VM "{}": {}': 'Die Konsole der VM "{1}" lässt sich nicht öffnen: {2}',
  'The console of VM "{}" is being recorded already, since {} by {}.':
    'Die Konsole der VM "{1}" wird schon aufgezeichnet, seit {2} von {3}.',
  'VM "{}" has no serial console to record.':
    'VM "{1}" hat keine serielle Konsole, die sich aufzeichnen ließe.',
  'VM "{}" has no serial console.': 'VM "{1}" hat keine serielle Konsole.',
  'There is no recording "{}".': 'Es gibt keine Aufzeichnung "{1}".',
  'There is no VM "{}".': 'Es gibt keine VM "{1}".',
  "Stopped by {}.": "Beendet von {1}.",
  "All recordings together reached {} bytes.": "Alle Aufzeichnungen zusammen erreichten {1} Bytes.",
  "It reached {} bytes, the most that it may have.":
    "Sie erreichte {1} Bytes, mehr darf sie nicht haben.",
  "virtglass was stopped.": "virtglass wurde beendet.",
  "The guest stopped.": "Der Gast hat aufgehört.",
  "Another program took the console.": "Ein anderes Programm nahm die Konsole.",
  "The connection to libvirt was lost.": "Die Verbindung zu libvirt brach ab.",
  "The disk does not keep up with what the console says.":
    "Die Platte kommt mit der Ausgabe der Konsole nicht mit.",
  "The client does not read what it is sent.": "Diese Seite liest nicht, was ihr gesendet wird.",
};
