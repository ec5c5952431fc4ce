// Written by tasks/manifest.ts from routes/ and islands/. Do not edit.
import type { Manifest } from "fresh";
import * as module1 from "./routes/_app.tsx";
import * as module2 from "./routes/_components/index.tsx";
import * as module3 from "./routes/_error.tsx";
import * as module4 from "./routes/_layout.tsx";
import * as module5 from "./routes/_middleware.ts";
import * as module6 from "./routes/activity.tsx";
import * as module7 from "./routes/api/_middleware.ts";
import * as module8 from "./routes/index.tsx";
import * as module9 from "./routes/login.tsx";
import * as module10 from "./routes/recordings/[id].tsx";
import * as module11 from "./routes/recordings/index.tsx";
import * as module12 from "./routes/vms/[name]/console.tsx";
import * as module13 from "./routes/vms/[name]/hardware.tsx";
import * as module14 from "./routes/vms/[name]/history.tsx";
import * as module15 from "./routes/vms/[name]/index.tsx";
import * as module16 from "./routes/vms/[name]/snapshots.tsx";
import * as module17 from "./routes/vms/[name]/xml.tsx";
import * as module18 from "./routes/ws/_middleware.ts";
import * as module19 from "./islands/Connection.tsx";
import * as module20 from "./islands/HostView.tsx";
import * as module21 from "./islands/LibvirtBanner.tsx";
import * as module22 from "./islands/Replay.tsx";
import * as module23 from "./islands/Timeline.tsx";
import * as module24 from "./islands/VMCharts.tsx";
import * as module25 from "./islands/VMHeader.tsx";
import * as module26 from "./islands/VMTerminal.tsx";

export const manifest: Manifest = {
  routes: {
    "_app.tsx": module1,
    "_components/index.tsx": module2,
    "_error.tsx": module3,
    "_layout.tsx": module4,
    "_middleware.ts": module5,
    "activity.tsx": module6,
    "api/_middleware.ts": module7,
    "api/v1/auth/login.ts": () => import("./routes/api/v1/auth/login.ts"),
    "api/v1/auth/logout.ts": () => import("./routes/api/v1/auth/logout.ts"),
    "api/v1/auth/me.ts": () => import("./routes/api/v1/auth/me.ts"),
    "api/v1/auth/refresh.ts": () => import("./routes/api/v1/auth/refresh.ts"),
    "api/v1/commands/[requestId].ts": () => import("./routes/api/v1/commands/[requestId].ts"),
    "api/v1/commands/index.ts": () => import("./routes/api/v1/commands/index.ts"),
    "api/v1/events.ts": () => import("./routes/api/v1/events.ts"),
    "api/v1/host.ts": () => import("./routes/api/v1/host.ts"),
    "api/v1/recordings/[id]/cast.ts": () => import("./routes/api/v1/recordings/[id]/cast.ts"),
    "api/v1/recordings/[id]/index.ts": () => import("./routes/api/v1/recordings/[id]/index.ts"),
    "api/v1/recordings/[id]/stop.ts": () => import("./routes/api/v1/recordings/[id]/stop.ts"),
    "api/v1/recordings/index.ts": () => import("./routes/api/v1/recordings/index.ts"),
    "api/v1/vms/[name]/commands.ts": () => import("./routes/api/v1/vms/[name]/commands.ts"),
    "api/v1/vms/[name]/events.ts": () => import("./routes/api/v1/vms/[name]/events.ts"),
    "api/v1/vms/[name]/index.ts": () => import("./routes/api/v1/vms/[name]/index.ts"),
    "api/v1/vms/[name]/metrics.ts": () => import("./routes/api/v1/vms/[name]/metrics.ts"),
    "api/v1/vms/[name]/recordings.ts": () => import("./routes/api/v1/vms/[name]/recordings.ts"),
    "api/v1/vms/[name]/xml.ts": () => import("./routes/api/v1/vms/[name]/xml.ts"),
    "api/v1/vms/index.ts": () => import("./routes/api/v1/vms/index.ts"),
    "healthz.ts": () => import("./routes/healthz.ts"),
    "index.tsx": module8,
    "login.tsx": module9,
    "logout.ts": () => import("./routes/logout.ts"),
    "look.ts": () => import("./routes/look.ts"),
    "readyz.ts": () => import("./routes/readyz.ts"),
    "recordings/[id].tsx": module10,
    "recordings/index.tsx": module11,
    "vms/[name]/console.tsx": module12,
    "vms/[name]/hardware.tsx": module13,
    "vms/[name]/history.tsx": module14,
    "vms/[name]/index.tsx": module15,
    "vms/[name]/snapshots.tsx": module16,
    "vms/[name]/xml.tsx": module17,
    "ws/_middleware.ts": module18,
    "ws/events.ts": () => import("./routes/ws/events.ts"),
    "ws/vms/[name]/console.ts": () => import("./routes/ws/vms/[name]/console.ts"),
    "ws/vms/[name]/index.ts": () => import("./routes/ws/vms/[name]/index.ts"),
  },
  islands: {
    "Connection.tsx": module19,
    "HostView.tsx": module20,
    "LibvirtBanner.tsx": module21,
    "Replay.tsx": module22,
    "Timeline.tsx": module23,
    "VMCharts.tsx": module24,
    "VMHeader.tsx": module25,
    "VMTerminal.tsx": module26,
  },
};
