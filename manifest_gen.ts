// Written by tasks/manifest.ts from routes/ and islands/. Do not edit.
import type { Manifest } from "fresh";
import * as module1 from "./routes/_app.tsx";
import * as module2 from "./routes/_error.tsx";
import * as module3 from "./routes/_layout.tsx";
import * as module4 from "./routes/_middleware.ts";
import * as module5 from "./routes/api/_middleware.ts";
import * as module6 from "./routes/index.tsx";
import * as module7 from "./routes/login.tsx";
import * as module8 from "./routes/vms/[name].tsx";
import * as module9 from "./routes/ws/_middleware.ts";
import * as module10 from "./islands/Connection.tsx";
import * as module11 from "./islands/HostView.tsx";
import * as module12 from "./islands/LibvirtBanner.tsx";
import * as module13 from "./islands/VMCharts.tsx";
import * as module14 from "./islands/VMHeader.tsx";
import * as module15 from "./islands/VMTerminal.tsx";

export const manifest: Manifest = {
  routes: {
    "_app.tsx": module1,
    "_error.tsx": module2,
    "_layout.tsx": module3,
    "_middleware.ts": module4,
    "api/_middleware.ts": module5,
    "api/v1/auth/login.ts": () => import("./routes/api/v1/auth/login.ts"),
    "api/v1/auth/logout.ts": () => import("./routes/api/v1/auth/logout.ts"),
    "api/v1/auth/me.ts": () => import("./routes/api/v1/auth/me.ts"),
    "api/v1/auth/refresh.ts": () => import("./routes/api/v1/auth/refresh.ts"),
    "api/v1/commands/[requestId].ts": () => import("./routes/api/v1/commands/[requestId].ts"),
    "api/v1/commands/index.ts": () => import("./routes/api/v1/commands/index.ts"),
    "api/v1/events.ts": () => import("./routes/api/v1/events.ts"),
    "api/v1/host.ts": () => import("./routes/api/v1/host.ts"),
    "api/v1/vms/[name]/commands.ts": () => import("./routes/api/v1/vms/[name]/commands.ts"),
    "api/v1/vms/[name]/events.ts": () => import("./routes/api/v1/vms/[name]/events.ts"),
    "api/v1/vms/[name]/index.ts": () => import("./routes/api/v1/vms/[name]/index.ts"),
    "api/v1/vms/[name]/metrics.ts": () => import("./routes/api/v1/vms/[name]/metrics.ts"),
    "api/v1/vms/index.ts": () => import("./routes/api/v1/vms/index.ts"),
    "healthz.ts": () => import("./routes/healthz.ts"),
    "index.tsx": module6,
    "login.tsx": module7,
    "logout.ts": () => import("./routes/logout.ts"),
    "readyz.ts": () => import("./routes/readyz.ts"),
    "vms/[name].tsx": module8,
    "ws/_middleware.ts": module9,
    "ws/events.ts": () => import("./routes/ws/events.ts"),
    "ws/vms/[name]/console.ts": () => import("./routes/ws/vms/[name]/console.ts"),
    "ws/vms/[name]/index.ts": () => import("./routes/ws/vms/[name]/index.ts"),
  },
  islands: {
    "Connection.tsx": module10,
    "HostView.tsx": module11,
    "LibvirtBanner.tsx": module12,
    "VMCharts.tsx": module13,
    "VMHeader.tsx": module14,
    "VMTerminal.tsx": module15,
  },
};
