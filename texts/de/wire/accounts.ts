/** Why the forms of people who sign in and change users are not taken. */
export const ACCOUNTS: Record<string, string> = {
  "Name or password is not right.": "Name oder Passwort stimmt nicht.",
  "Enter your name and your password.": "Geben Sie Ihren Namen und Ihr Passwort ein.",
  "That took too long: sign in again.": "Das dauerte zu lange: Melden Sie sich neu an.",
  "Your password was changed: sign in again.":
    "Ihr Passwort wurde geändert: Melden Sie sich neu an.",
  "Your session has ended: sign in again.": "Ihre Sitzung ist zu Ende: Melden Sie sich neu an.",
  "Too many passwords wait to be looked at: try again.":
    "Zu viele Passwörter warten darauf, geprüft zu werden: Versuchen Sie es noch einmal.",
  "Your password is not right.": "Ihr Passwort stimmt nicht.",
  "That code is not right, or was used already.": "Der Code stimmt nicht oder wurde schon benutzt.",
  "Too many wrong passwords. Try again in {} min.":
    "Zu viele falsche Passwörter. Versuchen Sie es in {1} min noch einmal.",
  'Too many wrong codes for "{}". Try again in {} min.':
    'Zu viele falsche Codes für "{1}". Versuchen Sie es in {2} min noch einmal.',
  "Too many failed sign-ins. Try again in {}.":
    "Zu viele gescheiterte Anmeldungen. Versuchen Sie es in {1} noch einmal.",
  "Too many sign-ins at once. Try again in a moment.":
    "Zu viele Anmeldungen auf einmal. Versuchen Sie es gleich noch einmal.",
  "More than {} requests within {} s. Try again in {} s.":
    "Mehr als {1} Anfragen in {2} s. Versuchen Sie es in {3} s noch einmal.",
  "The page is of an earlier session: load it again, then send the form once more.":
    "Die Seite stammt aus einer früheren Sitzung: Laden Sie sie neu und senden Sie das Formular noch einmal.",
  "The two new passwords differ.": "Die beiden neuen Passwörter sind verschieden.",
  "A password has {} to {} characters; this one has {}.":
    "Ein Passwort hat {1} bis {2} Zeichen; dieses hat {3}.",
  "This password is too easy to guess: {}. Take a longer one, such as several words that have nothing to do with each other.":
    "Dieses Passwort ist zu leicht zu erraten: {1}. Nehmen Sie ein längeres, etwa mehrere Wörter, die nichts miteinander zu tun haben.",
  "it is one of the ten most common passwords": "es ist eines der zehn häufigsten",
  "it is one of the hundred most common passwords": "es ist eines der hundert häufigsten",
  "it is a common password": "es ist ein häufiges Passwort",
  "it is close to a common password": "es gleicht einem häufigen Passwort",
  "it is among passwords that were stolen elsewhere": "es wurde anderswo schon gestohlen",
  "it is made of the user's name or of virtglass":
    "es besteht aus dem Namen des Benutzers oder aus virtglass",
  "it repeats itself": "es wiederholt sich",
  "its keys are in a row on the keyboard": "seine Tasten liegen auf der Tastatur nebeneinander",
  "its keys make a pattern on the keyboard": "seine Tasten bilden auf der Tastatur ein Muster",
  "its characters follow each other": "seine Zeichen folgen aufeinander",
  "it is made of a year": "es besteht aus einer Jahreszahl",
  "it is made of a date": "es besteht aus einem Datum",
  "too few guesses find it": "zu wenige Versuche finden es",
  "That is not the code that the app shows now.":
    "Das ist nicht der Code, den die App jetzt zeigt.",
  "The second factor is on already; turn it off first.":
    "Der zweite Faktor ist schon an; schalten Sie ihn erst aus.",
  "A token's name has 1 to 64 characters.": "Der Name eines Tokens hat 1 bis 64 Zeichen.",
  "A token is good for 1 to {} days.": "Ein Token gilt 1 bis {1} Tage.",
  'You have a token named "{}" already.': 'Sie haben schon ein Token namens "{1}".',
  "You have {} API tokens already; revoke one that is not needed.":
    "Sie haben schon {1} API-Tokens; widerrufen Sie eines, das nicht mehr gebraucht wird.",
  "There is no such API token.": "Dieses API-Token gibt es nicht.",
  "There is no such session; it may have ended already.":
    "Diese Sitzung gibt es nicht; vielleicht ist sie schon zu Ende.",
  "There is an admin already: sign in.": "Es gibt schon einen Admin: Melden Sie sich an.",
  "This is not the set-up code. It is in the file {}, and a new one at every start and every hour.":
    "Das ist nicht der Einrichtungscode. Er steht in der Datei {1}; bei jedem Start und jede Stunde ist es ein neuer.",
  'User "{}" exists already.': 'Benutzer "{1}" gibt es schon.',
  'There is no user "{}".': 'Es gibt keinen Benutzer "{1}".',
  "Nobody would be left who may change users: make another admin first.":
    "Niemand bliebe übrig, der Benutzer ändern darf: Machen Sie erst einen anderen zum Admin.",
  '"{}" is not a user name: 1 to 64 letters, digits, or . _ @ -, beginning with a letter or digit.':
    '"{1}" ist kein Benutzername: 1 bis 64 Buchstaben, Ziffern oder . _ @ -, am Anfang ein Buchstabe oder eine Ziffer.',
  'VM "{}" is granted twice; a VM has one role.':
    'VM "{1}" wurde zweimal vergeben; eine VM hat eine Rolle.',
  '"{}" is no role: choose what the user may do.':
    '"{1}" ist keine Rolle: Wählen Sie, was der Benutzer darf.',
};
