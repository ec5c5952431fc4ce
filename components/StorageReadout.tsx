import type { Host } from "@/protocol/mod.ts";
import { bytes, plain, size } from "@/components/format.ts";
import { Meter, share } from "@/components/Meter.tsx";
import { Readout } from "@/components/Readout.tsx";
import { host as texts } from "@/texts/mod.ts";

/** How full the fullest pool is. It changes slowly: drawn by the server alone, with the page. */
export function StorageReadout({ storage }: { storage: NonNullable<Host["storage"]> }) {
  const { pool, pools, used, total } = storage;
  return (
    <Readout
      label={texts.storage}
      value={bytes(used)}
      bar={<Meter value={share(used, total)} />}
    >
      {texts.ofStorage(plain(size(total)), pool, pools)}
    </Readout>
  );
}
