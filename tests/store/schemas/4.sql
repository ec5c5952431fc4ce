-- A store as schema 4 left it. Never changed: it stands for the folders out there.
CREATE TABLE users (
     name TEXT PRIMARY KEY,
     password TEXT NOT NULL,
     created_at INTEGER NOT NULL
   , role TEXT CHECK (role IN ('admin', 'operator', 'viewer')), disabled_at INTEGER, signed_in_at INTEGER) STRICT;
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
CREATE TABLE recordings (
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
CREATE INDEX recordings_by_vm ON recordings (vm_uuid, started_at);
CREATE TABLE "commands" (
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
CREATE INDEX commands_by_time ON commands (created_at);
CREATE INDEX commands_by_request ON commands (user, request_id);
CREATE TABLE grants (
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     vm_uuid TEXT NOT NULL,
     vm_name TEXT NOT NULL,
     role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
     PRIMARY KEY (user, vm_uuid)
   ) STRICT;
INSERT INTO users VALUES ('alice', 'hash of alice', 1700000000000, 'admin', NULL, 1700000002000);
INSERT INTO users VALUES ('bob', 'hash of bob', 1700000001000, 'viewer', 1700000009000, NULL);
INSERT INTO users VALUES ('carol', 'hash of carol', 1700000010000, NULL, NULL, 1700000012000);
INSERT INTO sessions VALUES ('s1', 'alice', 'cookie', 'refresh', 1700000002000, 1700003602000);
INSERT INTO vm_states VALUES ('6695eb01-f6a4-8304-79aa-97f2502e193f', 'running', 1700000003000, 1700000003000);
INSERT INTO recordings VALUES ('11111111-2222-4333-8444-555555555555', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'alice', 1700000007000, 1700000008000, 'stopped by alice', 4096, 0);
INSERT INTO commands VALUES (1, 'r1', 'alice', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'start', 0, 1700000004000, 1700000005000, 1, 'VM started successfully');
INSERT INTO commands VALUES (2, 'r2', 'bob', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'stop', 1, 1700000006000, NULL, NULL, NULL);
INSERT INTO grants VALUES ('carol', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'operator');
INSERT INTO grants VALUES ('carol', '0b0e6f3e-5b61-4c2e-9d3a-2f6f6d1c7a10', 'db1', 'viewer');
PRAGMA user_version = 4;
