// Written by tasks/manifest.ts from routes/ and islands/. Do not edit.
import type { Manifest } from "fresh";
import * as module1 from "./routes/_app.tsx";
import * as module2 from "./routes/_components/index.tsx";
import * as module3 from "./routes/_error.tsx";
import * as module4 from "./routes/_layout.tsx";
import * as module5 from "./routes/_middleware.ts";
import * as module6 from "./routes/account/_middleware.ts";
import * as module7 from "./routes/account/index.tsx";
import * as module8 from "./routes/account/password.tsx";
import * as module9 from "./routes/account/second-factor.tsx";
import * as module10 from "./routes/account/tokens.tsx";
import * as module11 from "./routes/activity.tsx";
import * as module12 from "./routes/api/_middleware.ts";
import * as module13 from "./routes/api/docs.tsx";
import * as module14 from "./routes/api/v1/users/_middleware.ts";
import * as module15 from "./routes/audit.tsx";
import * as module16 from "./routes/index.tsx";
import * as module17 from "./routes/login.tsx";
import * as module18 from "./routes/recordings/[id].tsx";
import * as module19 from "./routes/recordings/index.tsx";
import * as module20 from "./routes/setup.tsx";
import * as module21 from "./routes/users/[name].tsx";
import * as module22 from "./routes/users/_middleware.ts";
import * as module23 from "./routes/users/index.tsx";
import * as module24 from "./routes/users/new.tsx";
import * as module25 from "./routes/vms/[name]/console.tsx";
import * as module26 from "./routes/vms/[name]/hardware.tsx";
import * as module27 from "./routes/vms/[name]/history.tsx";
import * as module28 from "./routes/vms/[name]/index.tsx";
import * as module29 from "./routes/vms/[name]/snapshots.tsx";
import * as module30 from "./routes/vms/[name]/xml.tsx";
import * as module31 from "./routes/ws/_middleware.ts";
import * as module32 from "./islands/Connection.tsx";
import * as module33 from "./islands/HostView.tsx";
import * as module34 from "./islands/LibvirtBanner.tsx";
import * as module35 from "./islands/Replay.tsx";
import * as module36 from "./islands/Timeline.tsx";
import * as module37 from "./islands/VMCharts.tsx";
import * as module38 from "./islands/VMHeader.tsx";
import * as module39 from "./islands/VMTerminal.tsx";

export const manifest: Manifest = {
  routes: {
    "_app.tsx": module1,
    "_components/index.tsx": module2,
    "_error.tsx": module3,
    "_layout.tsx": module4,
    "_middleware.ts": module5,
    "account/_middleware.ts": module6,
    "account/index.tsx": module7,
    "account/password.tsx": module8,
    "account/second-factor.tsx": module9,
    "account/sessions.ts": () => import("./routes/account/sessions.ts"),
    "account/tokens.tsx": module10,
    "activity.tsx": module11,
    "api/_middleware.ts": module12,
    "api/docs.tsx": module13,
    "api/v1/audit.ts": () => import("./routes/api/v1/audit.ts"),
    "api/v1/auth/login.ts": () => import("./routes/api/v1/auth/login.ts"),
    "api/v1/auth/logout.ts": () => import("./routes/api/v1/auth/logout.ts"),
    "api/v1/auth/me.ts": () => import("./routes/api/v1/auth/me.ts"),
    "api/v1/auth/refresh.ts": () => import("./routes/api/v1/auth/refresh.ts"),
    "api/v1/auth/ws-ticket.ts": () => import("./routes/api/v1/auth/ws-ticket.ts"),
    "api/v1/commands/[requestId].ts": () => import("./routes/api/v1/commands/[requestId].ts"),
    "api/v1/commands/index.ts": () => import("./routes/api/v1/commands/index.ts"),
    "api/v1/events.ts": () => import("./routes/api/v1/events.ts"),
    "api/v1/host/index.ts": () => import("./routes/api/v1/host/index.ts"),
    "api/v1/host/metrics.ts": () => import("./routes/api/v1/host/metrics.ts"),
    "api/v1/openapi.json.ts": () => import("./routes/api/v1/openapi.json.ts"),
    "api/v1/recordings/[id]/cast.ts": () => import("./routes/api/v1/recordings/[id]/cast.ts"),
    "api/v1/recordings/[id]/index.ts": () => import("./routes/api/v1/recordings/[id]/index.ts"),
    "api/v1/recordings/[id]/stop.ts": () => import("./routes/api/v1/recordings/[id]/stop.ts"),
    "api/v1/recordings/index.ts": () => import("./routes/api/v1/recordings/index.ts"),
    "api/v1/users/[name]/index.ts": () => import("./routes/api/v1/users/[name]/index.ts"),
    "api/v1/users/[name]/second-factor.ts": () => import("./routes/api/v1/users/[name]/second-factor.ts"),
    "api/v1/users/_middleware.ts": module14,
    "api/v1/users/index.ts": () => import("./routes/api/v1/users/index.ts"),
    "api/v1/vms/[name]/commands.ts": () => import("./routes/api/v1/vms/[name]/commands.ts"),
    "api/v1/vms/[name]/events.ts": () => import("./routes/api/v1/vms/[name]/events.ts"),
    "api/v1/vms/[name]/index.ts": () => import("./routes/api/v1/vms/[name]/index.ts"),
    "api/v1/vms/[name]/metrics.ts": () => import("./routes/api/v1/vms/[name]/metrics.ts"),
    "api/v1/vms/[name]/recordings.ts": () => import("./routes/api/v1/vms/[name]/recordings.ts"),
    "api/v1/vms/[name]/xml.ts": () => import("./routes/api/v1/vms/[name]/xml.ts"),
    "api/v1/vms/index.ts": () => import("./routes/api/v1/vms/index.ts"),
    "audit.tsx": module15,
    "healthz.ts": () => import("./routes/healthz.ts"),
    "index.tsx": module16,
    "login.tsx": module17,
    "logout.ts": () => import("./routes/logout.ts"),
    "look.ts": () => import("./routes/look.ts"),
    "metrics.ts": () => import("./routes/metrics.ts"),
    "readyz.ts": () => import("./routes/readyz.ts"),
    "recordings/[id].tsx": module18,
    "recordings/index.tsx": module19,
    "setup.tsx": module20,
    "users/[name].tsx": module21,
    "users/_middleware.ts": module22,
    "users/index.tsx": module23,
    "users/new.tsx": module24,
    "vms/[name]/console.tsx": module25,
    "vms/[name]/hardware.tsx": module26,
    "vms/[name]/history.tsx": module27,
    "vms/[name]/index.tsx": module28,
    "vms/[name]/snapshots.tsx": module29,
    "vms/[name]/xml.tsx": module30,
    "ws/_middleware.ts": module31,
    "ws/events.ts": () => import("./routes/ws/events.ts"),
    "ws/vms/[name]/console.ts": () => import("./routes/ws/vms/[name]/console.ts"),
    "ws/vms/[name]/index.ts": () => import("./routes/ws/vms/[name]/index.ts"),
  },
  islands: {
    "Connection.tsx": module32,
    "HostView.tsx": module33,
    "LibvirtBanner.tsx": module34,
    "Replay.tsx": module35,
    "Timeline.tsx": module36,
    "VMCharts.tsx": module37,
    "VMHeader.tsx": module38,
    "VMTerminal.tsx": module39,
  },
};
