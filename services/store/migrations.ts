/** Each entry moves the schema on by one version; entries are only ever added. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE users (
     name TEXT PRIMARY KEY,
     role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
     password TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE sessions (
     id TEXT PRIMARY KEY,
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     cookie_hash TEXT UNIQUE,
     refresh_hash TEXT UNIQUE,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE vm_states (
     uuid TEXT PRIMARY KEY,
     status TEXT NOT NULL,
     since INTEGER NOT NULL,
     started_at INTEGER
   ) STRICT;
   CREATE TABLE commands (
     request_id TEXT NOT NULL,
     user TEXT NOT NULL,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     action TEXT NOT NULL,
     force INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     ended_at INTEGER,
     success INTEGER,
     message TEXT,
     PRIMARY KEY (user, request_id)
   ) STRICT;
   CREATE INDEX commands_by_time ON commands (created_at);`,
  `CREATE TABLE recordings (
     id TEXT PRIMARY KEY,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     started_by TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     ended TEXT,
     bytes INTEGER NOT NULL,
     input INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX recordings_by_vm ON recordings (vm_uuid, started_at);`,
  // A request id may come again, later, as another command.
  `CREATE TABLE given (
     id INTEGER PRIMARY KEY,
     request_id TEXT NOT NULL,
     user TEXT NOT NULL,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     action TEXT NOT NULL,
     force INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     ended_at INTEGER,
     success INTEGER,
     message TEXT
   ) STRICT;
   INSERT INTO given
   SELECT rowid, request_id, user, vm_uuid, vm_name, action, force, created_at, ended_at, success,
          message
   FROM commands;
   DROP TABLE commands;
   ALTER TABLE given RENAME TO commands;
   CREATE INDEX commands_by_time ON commands (created_at);
   CREATE INDEX commands_by_request ON commands (user, request_id);`,
  // Of each VM, and of the host, one blob for each resolution.
  `CREATE TABLE metrics_history (
     subject TEXT NOT NULL,
     step INTEGER NOT NULL,
     saved_at INTEGER NOT NULL,
     data BLOB NOT NULL,
     PRIMARY KEY (subject, step)
   ) STRICT;`,
];
