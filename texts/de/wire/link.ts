/** What the bar of every page says of its socket and of libvirt. */
export const LINK: Record<string, string> = {
  "libvirt at {} does not answer. Look at its state with: systemctl status libvirtd":
    "libvirt auf {1} antwortet nicht. Seinen Zustand zeigt: systemctl status libvirtd",
  "The connection to libvirt at {} was lost. Is libvirtd running? systemctl status libvirtd":
    "Die Verbindung zu libvirt auf {1} ist abgerissen. Läuft libvirtd? systemctl status libvirtd",
  'No permission to connect to libvirt at {}. Add the user to the group "libvirt" (usermod -aG libvirt USER), sign in anew, and start virtglass again.':
    'Keine Erlaubnis für die Verbindung zu libvirt auf {1}. Nehmen Sie den Benutzer in die Gruppe "libvirt" auf (usermod -aG libvirt USER), melden Sie sich neu an, und starten Sie virtglass neu.',
  "Cannot connect to libvirt at {}: {}. Is libvirtd running? systemctl start libvirtd":
    "Keine Verbindung zu libvirt auf {1}: {2}. Läuft libvirtd? systemctl start libvirtd",
  "Cannot connect to libvirt at {}: {}": "Keine Verbindung zu libvirt auf {1}: {2}",
  "The permission for this was withdrawn.": "Die Erlaubnis dafür wurde entzogen.",
  "The session has ended; sign in again.": "Die Sitzung ist zu Ende; melden Sie sich neu an.",
  'VM "{}" is gone.': 'VM "{1}" gibt es nicht mehr.',
};
