import assert from "node:assert/strict";
import { type ServerData, ServerMessage } from "@/protocol/mod.ts";
import { Opcode } from "@/tests/harness/raw_socket.ts";
import { SocketFixture } from "@/tests/services/socket_fixture.ts";
import { ViewerNotes } from "@/tests/services/viewer_notes.ts";
import { Audience } from "../consoles/audience.ts";
import type { ClientSocket } from "./socket.ts";
import { SocketViewer } from "./socket_viewer.ts";

const RECORD = { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f", name: "web1" };
const PIECE = new Uint8Array(64 * 1024).fill(0x61);

for (const binary of [true, false]) {
  const how = binary ? "in binary" : "in JSON";
  Deno.test(`a console that nobody reads stays open, holds little, and goes on ${how}`, async () => {
    using audience = new Audience(PIECE.length);
    const opened = Promise.withResolvers<ClientSocket>();
    await using fixture = await SocketFixture.start({
      opened(socket) {
        audience.add(new SocketViewer(socket, RECORD, binary, () => true), null);
        opened.resolve(socket);
      },
    });
    audience.begin();
    using client = await fixture.open();
    const socket = await opened.promise;
    let most = 0;
    const say = async () => {
      audience.receive(PIECE);
      audience.serve();
      await new Promise((resolve) => setTimeout(resolve));
      most = Math.max(most, socket.buffered);
    };
    // Until the network takes no more; and then more than anybody's socket may hold.
    for (let said = 0; socket.buffered < 256 * 1024 && said < 1000; said++) await say();
    for (let said = 0; said < 100; said++) await say();
    const others = Array.from({ length: 30 }, () => new ViewerNotes("bob"));
    for (const other of others) {
      other.room = 0;
      audience.add(other, null);
    }
    for (let columns = 1; columns <= 1000; columns++) {
      audience.setRecording(columns % 2 === 0);
      await Promise.resolve();
      audience.resized(others[0]!, { columns, rows: 24 });
      await Promise.resolve();
      most = Math.max(most, socket.buffered);
    }
    assert.ok(most >= 256 * 1024 && most < 512 * 1024, `${most} bytes were on their way`);

    const told: ServerMessage[] = [];
    const has = (wanted: string) => told.some(({ type }) => type === wanted);
    // Which of them comes first depends on which timer finds that the client reads again.
    while (!has("gap") || !has("resize_hint")) {
      const { opcode, payload } = (await client.next())!;
      assert.notEqual(opcode, Opcode.close);
      if (opcode !== Opcode.text) continue;
      const message = ServerMessage.parse(JSON.parse(new TextDecoder().decode(payload)));
      if (message.type !== "console") told.push(message);
    }
    const [first, second, ...later] = told.map(({ type }) => type);
    assert.deepEqual([first, second], ["attached", "presence"]);
    assert.deepEqual(later.toSorted(), ["gap", "presence", "resize_hint"]);
    const late = told.slice(2).filter(({ type }) => type !== "gap");
    const [presence, hint] = late.map(({ data }) => data) as [
      ServerData<"presence">,
      ServerData<"resize_hint">,
    ];
    assert.deepEqual([presence.recording, presence.viewers.length], [true, 31]);
    assert.equal(hint.columns, 1000);
  });
}
