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
  // Another column, since a table that others refer to cannot be made anew without losing them.
  `ALTER TABLE users ADD COLUMN for_all TEXT CHECK (for_all IN ('admin', 'operator', 'viewer'));
   UPDATE users SET for_all = role;
   ALTER TABLE users DROP COLUMN role;
   ALTER TABLE users RENAME COLUMN for_all TO role;
   ALTER TABLE users ADD COLUMN disabled_at INTEGER;
   ALTER TABLE users ADD COLUMN signed_in_at INTEGER;
   CREATE TABLE grants (
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
     PRIMARY KEY (user, vm_uuid)
   ) STRICT;`,
  `ALTER TABLE sessions ADD COLUMN address TEXT;
   ALTER TABLE sessions ADD COLUMN device TEXT;
   ALTER TABLE sessions ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
   UPDATE sessions SET used_at = created_at;
   CREATE INDEX sessions_by_user ON sessions (user);
   CREATE TABLE spent_tokens (
     hash TEXT PRIMARY KEY,
     session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
   ) STRICT;
   CREATE INDEX spent_tokens_by_session ON spent_tokens (session);
   CREATE TABLE api_tokens (
     id TEXT PRIMARY KEY,
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     name TEXT NOT NULL,
     role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
     hash TEXT NOT NULL UNIQUE,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     used_at INTEGER,
     UNIQUE (user, name)
   ) STRICT;
   CREATE TABLE second_factors (
     user TEXT PRIMARY KEY REFERENCES users (name) ON DELETE CASCADE,
     secret TEXT NOT NULL,
     recovery TEXT NOT NULL,
     last_step INTEGER NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT;`,
  // What is looked for is derived from the record's own text, so that the two cannot differ. Records
  // are added behind the last one and never changed; those that a later record says were dropped for
  // their age may be.
  `CREATE TABLE audit (
     seq INTEGER PRIMARY KEY,
     record TEXT NOT NULL,
     hash TEXT NOT NULL,
     time TEXT AS (iif(json_valid(record), record ->> '$.time', NULL)) VIRTUAL,
     kind TEXT AS (iif(json_valid(record), record ->> '$.kind', NULL)) VIRTUAL,
     user TEXT AS (iif(json_valid(record), record ->> '$.user', NULL)) VIRTUAL,
     subject TEXT AS (iif(json_valid(record), record ->> '$.subject', NULL)) VIRTUAL,
     vm_uuid TEXT AS (iif(json_valid(record), record ->> '$.vm.uuid', NULL)) VIRTUAL,
     vm_name TEXT AS (iif(json_valid(record), record ->> '$.vm.name', NULL)) VIRTUAL
   ) STRICT;
   CREATE INDEX audit_by_kind ON audit (kind, seq);
   CREATE INDEX audit_by_user ON audit (user, seq);
   CREATE INDEX audit_by_subject ON audit (subject, seq);
   CREATE INDEX audit_by_vm ON audit (vm_uuid, seq);
   CREATE INDEX audit_by_vm_name ON audit (vm_name, seq);
   CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
   WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
   BEGIN
     SELECT RAISE(ABORT, 'audit records are added behind the last one');
   END;
   CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
   BEGIN
     SELECT RAISE(ABORT, 'audit records are never changed');
   END;
   CREATE TRIGGER audit_drops_what_it_tells BEFORE DELETE ON audit
   WHEN NOT EXISTS (
     SELECT 1 FROM audit
     WHERE kind = 'audit.trim' AND seq > old.seq AND record ->> '$.detail.through' >= old.seq
   )
   BEGIN
     SELECT RAISE(ABORT, 'audit records are deleted only by retention, which records it');
   END;`,
  `CREATE TABLE familiar_networks (
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     network TEXT NOT NULL,
     seen_at INTEGER NOT NULL,
     PRIMARY KEY (user, network)
   ) STRICT;`,
  // Of each VM, and of the host, one blob for each resolution.
  `CREATE TABLE metrics_history (
     subject TEXT NOT NULL,
     step INTEGER NOT NULL,
     saved_at INTEGER NOT NULL,
     data BLOB NOT NULL,
     PRIMARY KEY (subject, step)
   ) STRICT;`,
  // What happened, for longer than memory has it. The rows of one start come in the order of their
  // numbers, which an earlier start may have given too, by a clock that was ahead.
  `CREATE TABLE events (
     id INTEGER PRIMARY KEY,
     seq INTEGER NOT NULL,
     time INTEGER NOT NULL,
     kind TEXT NOT NULL,
     vm_uuid TEXT,
     vm_name TEXT,
     detail TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_by_time ON events (time);
   CREATE INDEX events_by_vm ON events (vm_uuid, time);
   CREATE INDEX events_by_vm_name ON events (vm_name, time);
   CREATE INDEX events_by_user ON events (detail ->> '$.user', time);`,
  // What a VM is made of, as JSON, and the build of virtglass that knows its shape.
  `ALTER TABLE vm_states ADD COLUMN definition TEXT;
   ALTER TABLE vm_states ADD COLUMN build TEXT;`,
];
