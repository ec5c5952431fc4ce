-- A store as schema 10 left it. Never changed: it stands for the folders out there.
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
   , address TEXT, device TEXT, used_at INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE vm_states (
     uuid TEXT PRIMARY KEY,
     status TEXT NOT NULL,
     since INTEGER NOT NULL,
     started_at INTEGER
   , definition TEXT, build TEXT) STRICT;
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
   ) STRICT;
CREATE TABLE audit (
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
CREATE TABLE familiar_networks (
     user TEXT NOT NULL REFERENCES users (name) ON DELETE CASCADE,
     network TEXT NOT NULL,
     seen_at INTEGER NOT NULL,
     PRIMARY KEY (user, network)
   ) STRICT;
CREATE TABLE metrics_history (
     subject TEXT NOT NULL,
     step INTEGER NOT NULL,
     saved_at INTEGER NOT NULL,
     data BLOB NOT NULL,
     PRIMARY KEY (subject, step)
   ) STRICT;
CREATE TABLE events (
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
CREATE INDEX events_by_user ON events (detail ->> '$.user', time);
INSERT INTO users VALUES ('alice', 'hash of alice', 1700000000000, 'admin', NULL, 1700000002000);
INSERT INTO users VALUES ('bob', 'hash of bob', 1700000001000, 'viewer', 1700000009000, NULL);
INSERT INTO users VALUES ('carol', 'hash of carol', 1700000010000, NULL, NULL, 1700000012000);
INSERT INTO sessions VALUES ('s1', 'alice', 'cookie', 'refresh', 1700000002000, 1700003602000, NULL, NULL, 1700000002000);
INSERT INTO sessions VALUES ('s2', 'carol', NULL, 'tbrAyxAlBkoGm2aopCWX0kTDKOytjvvDCoHRF-Dp8MU', 1700000012000, 1700086412000, '192.0.2.7', 'Firefox on Linux', 1700000015000);
INSERT INTO vm_states VALUES ('6695eb01-f6a4-8304-79aa-97f2502e193f', 'running', 1700000003000, 1700000003000, '{"title":null}', '0.1.0 null');
INSERT INTO recordings VALUES ('11111111-2222-4333-8444-555555555555', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'alice', 1700000007000, 1700000008000, 'stopped by alice', 4096, 0);
INSERT INTO commands VALUES (1, 'r1', 'alice', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'start', 0, 1700000004000, 1700000005000, 1, 'VM started successfully');
INSERT INTO commands VALUES (2, 'r2', 'bob', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'stop', 1, 1700000006000, NULL, NULL, NULL);
INSERT INTO grants VALUES ('carol', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', 'operator');
INSERT INTO grants VALUES ('carol', '0b0e6f3e-5b61-4c2e-9d3a-2f6f6d1c7a10', 'db1', 'viewer');
INSERT INTO spent_tokens VALUES ('zNvUM5bspBJPmnvPFl5q3ur5i3uWtV0GHMfXd54nbyI', 's2');
INSERT INTO api_tokens VALUES ('token:AAECAwQFBgcICQoL', 'alice', 'ci', 'operator', '3mU-v1XHOXIBNQEu9sy4DyY0DzBJJoZpcVOy7x4dCuM', 1700000013000, 1702592013000, 1700000014000);
INSERT INTO api_tokens VALUES ('token:DA0ODxAREhMUFRYX', 'carol', 'watcher', 'viewer', 'KdbcfhyUGqxnXqvBPVZd6oFXEt2g3twAvarZ2mHyjs4', 1700000014000, 1731622414000, NULL);
INSERT INTO second_factors VALUES ('alice', 'cdjCK0hl7cls5DYyQGvj326rj+b0LhIlrJXdtvDYkGFgQk2fZwNDkprmOYjBy104', '["KeXG9gdRxi5HCfDl7qgqCr1aWAfB2XbQSQnQvPl4rLU","a2tDV8qjmefPv0Vu0kOmGX5-0vLlQGE407v6J9UQdI8"]', 56666667, 1700000016000);
INSERT INTO audit ("seq", "record", "hash") VALUES (1, '{"seq":1,"time":"2023-11-14T22:13:37.000Z","kind":"sign_in","user":"carol","address":"192.0.2.7","vm":null,"subject":null,"result":"ok","duration":null,"detail":{"device":"Firefox on Linux","way":"browser"}}', 'b1fe4d3a5a15f8fd1f795455ec8a935c95f27ebacbcf90016dd0c27a8d3bd82a');
INSERT INTO audit ("seq", "record", "hash") VALUES (2, '{"seq":2,"time":"2023-11-14T22:13:38.000Z","kind":"command.given","user":"carol","address":"192.0.2.7","vm":{"uuid":"6695eb01-f6a4-8304-79aa-97f2502e193f","name":"web1"},"subject":null,"result":"ok","duration":null,"detail":{"action":"start","force":false,"requestId":"r3"}}', 'af915e888fc3d5d51d32c00e59e1888c8685e82fd731cc8ea2519ef00bb45317');
INSERT INTO audit ("seq", "record", "hash") VALUES (3, '{"seq":3,"time":"2023-11-14T22:13:39.000Z","kind":"user.change","user":"alice","address":"2001:db8::7","vm":null,"subject":"bob","result":"ok","duration":null,"detail":{"disabled":true}}', 'e1559beefb4d65af7cbcfc18fae0488c2f6f07100dc4307667c1432bbdf8b5a9');
INSERT INTO familiar_networks VALUES ('carol', '192.0.2.7', 1700000017000);
INSERT INTO familiar_networks VALUES ('alice', '2001:db8:0:0::/64', 1700000019000);
INSERT INTO metrics_history VALUES ('host', 1, 1700000020000, X'3E0000007B2276657273696F6E223A322C22726F7773223A31322C22736572696573223A5B22637075222C226D656D6F7279225D2C22756E666F6C646564223A317D9352D0ED3F4CED409352D0ED3FDBEA409352D0ED3F6AE8409352D0ED3FF9E5409352D0ED3F88E3409352D0ED3F17E14027A5A0DB7F4CDD4027A5A0DB7F6AD84027A5A0DB7F88D3404E4A41B7FF4CCD404E4A41B7FF88C3409B94826EFF89B3400000704200005C4200004842000034420000204200000C420000F0410000C8410000A04100007041000020410000A040C0E1644CF0CE514C20BC3E4C50A92B4C8096184CB083054CC0E1E44B20BCBE4B8096984BC0E1644B8096184B8096984A');
INSERT INTO metrics_history VALUES ('host', 15, 1700000020000, X'3D0000007B2276657273696F6E223A322C22726F7773223A342C22736572696573223A5B22637075222C226D656D6F7279225D2C22756E666F6C646564223A347D09C4EBFAC8D3EA4009C4EBFAC880E3401288D7F5915BD8402410AFEB236BC3409A1D0E1C291951141F1ECF1C421A4F16B0821B81237E0F793783E181447F2B7B');
INSERT INTO metrics_history VALUES ('host', 120, 1700000020000, X'3D0000007B2276657273696F6E223A322C22726F7773223A302C22736572696573223A5B22637075222C226D656D6F7279225D2C22756E666F6C646564223A307D');
INSERT INTO events VALUES (1, 1700000021000000, 1700000021000, 'lifecycle', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', '{"event":"stopped","detail":"crashed","detailCode":5}');
INSERT INTO events VALUES (2, 1700000022000000, 1700000022000, 'console', '6695eb01-f6a4-8304-79aa-97f2502e193f', 'web1', '{"action":"attach","user":"carol"}');
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
   END;
PRAGMA user_version = 10;
