// Written by tasks/manifest.ts from routes/ and islands/. Do not edit.
import type { Manifest } from "fresh";
import * as module1 from "./routes/_app.tsx";
import * as module2 from "./routes/_error.tsx";
import * as module3 from "./routes/_layout.tsx";
import * as module4 from "./routes/_middleware.ts";
import * as module5 from "./routes/account/_middleware.ts";
import * as module6 from "./routes/api/_middleware.ts";
import * as module7 from "./routes/api/v1/users/_middleware.ts";
import * as module8 from "./routes/users/_middleware.ts";
import * as module9 from "./routes/ws/_middleware.ts";
import * as module10 from "./islands/Connection.tsx";
import * as module11 from "./islands/HostView.tsx";
import * as module12 from "./islands/LibvirtBanner.tsx";
import * as module13 from "./islands/Replay.tsx";
import * as module14 from "./islands/Timeline.tsx";
import * as module15 from "./islands/VMCharts.tsx";
import * as module16 from "./islands/VMHeader.tsx";
import * as module17 from "./islands/VMTerminal.tsx";

export const manifest: Manifest = {
  routes: {
    "_app.tsx": module1,
    "_components/index.tsx": () => import("./routes/_components/index.tsx"),
    "_error.tsx": module2,
    "_layout.tsx": module3,
    "_middleware.ts": module4,
    "account/_middleware.ts": module5,
    "account/index.tsx": () => import("./routes/account/index.tsx"),
    "account/password.tsx": () => import("./routes/account/password.tsx"),
    "account/second-factor.tsx": () => import("./routes/account/second-factor.tsx"),
    "account/sessions.ts": () => import("./routes/account/sessions.ts"),
    "account/tokens.tsx": () => import("./routes/account/tokens.tsx"),
    "activity.tsx": () => import("./routes/activity.tsx"),
    "api/_middleware.ts": module6,
    "api/docs.tsx": () => import("./routes/api/docs.tsx"),
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
    "api/v1/users/_middleware.ts": module7,
    "api/v1/users/index.ts": () => import("./routes/api/v1/users/index.ts"),
    "api/v1/vms/[name]/commands.ts": () => import("./routes/api/v1/vms/[name]/commands.ts"),
    "api/v1/vms/[name]/events.ts": () => import("./routes/api/v1/vms/[name]/events.ts"),
    "api/v1/vms/[name]/index.ts": () => import("./routes/api/v1/vms/[name]/index.ts"),
    "api/v1/vms/[name]/metrics.ts": () => import("./routes/api/v1/vms/[name]/metrics.ts"),
    "api/v1/vms/[name]/recordings.ts": () => import("./routes/api/v1/vms/[name]/recordings.ts"),
    "api/v1/vms/[name]/xml.ts": () => import("./routes/api/v1/vms/[name]/xml.ts"),
    "api/v1/vms/index.ts": () => import("./routes/api/v1/vms/index.ts"),
    "audit.tsx": () => import("./routes/audit.tsx"),
    "healthz.ts": () => import("./routes/healthz.ts"),
    "index.tsx": () => import("./routes/index.tsx"),
    "login.tsx": () => import("./routes/login.tsx"),
    "logout.ts": () => import("./routes/logout.ts"),
    "look.ts": () => import("./routes/look.ts"),
    "metrics.ts": () => import("./routes/metrics.ts"),
    "readyz.ts": () => import("./routes/readyz.ts"),
    "recordings/[id].tsx": () => import("./routes/recordings/[id].tsx"),
    "recordings/index.tsx": () => import("./routes/recordings/index.tsx"),
    "setup.tsx": () => import("./routes/setup.tsx"),
    "users/[name].tsx": () => import("./routes/users/[name].tsx"),
    "users/_middleware.ts": module8,
    "users/index.tsx": () => import("./routes/users/index.tsx"),
    "users/new.tsx": () => import("./routes/users/new.tsx"),
    "vms/[name]/console.tsx": () => import("./routes/vms/[name]/console.tsx"),
    "vms/[name]/hardware.tsx": () => import("./routes/vms/[name]/hardware.tsx"),
    "vms/[name]/history.tsx": () => import("./routes/vms/[name]/history.tsx"),
    "vms/[name]/index.tsx": () => import("./routes/vms/[name]/index.tsx"),
    "vms/[name]/snapshots.tsx": () => import("./routes/vms/[name]/snapshots.tsx"),
    "vms/[name]/xml.tsx": () => import("./routes/vms/[name]/xml.tsx"),
    "ws/_middleware.ts": module9,
    "ws/events.ts": () => import("./routes/ws/events.ts"),
    "ws/vms/[name]/console.ts": () => import("./routes/ws/vms/[name]/console.ts"),
    "ws/vms/[name]/index.ts": () => import("./routes/ws/vms/[name]/index.ts"),
  },
  islands: {
    "Connection.tsx": module10,
    "HostView.tsx": module11,
    "LibvirtBanner.tsx": module12,
    "Replay.tsx": module13,
    "Timeline.tsx": module14,
    "VMCharts.tsx": module15,
    "VMHeader.tsx": module16,
    "VMTerminal.tsx": module17,
  },
};
