-- A store as schema 1 left it. Never changed: it stands for the folders out there.
CREATE TABLE users (
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
CREATE INDEX commands_by_time ON commands (created_at);
INSERT INTO users VALUES ('alice', 'admin', 'hash of alice', 1700000000000);
INSERT INTO users VALUES ('bob', 'viewer', 'hash of bob', 1700000001000);
INSERT INTO sessions VALUES ('s1', 'alice', 'cookie', 'refresh', 1700000002000, 1700003602000);
INSERT INTO vm_states VALUES ('6695eb01-f6a4-8304-79aa-97f2502e193f', 'running', 1700000003000, 1700000003000);
INSERT INTO commands VALUES ('r1', 'alice', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'start', 0, 1700000004000, 1700000005000, 1, 'VM started successfully');
INSERT INTO commands VALUES ('r2', 'bob', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'stop', 1, 1700000006000, NULL, NULL, NULL);
PRAGMA user_version = 1;
