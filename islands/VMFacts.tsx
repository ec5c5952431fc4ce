import { useState } from "preact/hooks";
import type { VMDetail } from "@/protocol/mod.ts";
import { Facts } from "@/components/Facts.tsx";
import { useEvents } from "@/islands/hooks/useEvents.ts";
import { detailIn } from "@/islands/hooks/vm_detail.ts";

/** What a VM is made of and where it is reached, as that changes. */
export function VMFacts({ vm: first }: { vm: VMDetail }) {
  const [vm, setVM] = useState(first);
  useEvents([`vm:${first.name}`], (message) => {
    const news = detailIn(message, first.uuid);
    if (news) setVM(news);
  });
  return <Facts vm={vm} />;
}
