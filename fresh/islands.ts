import {
  type ComponentType,
  createContext,
  Fragment,
  type FunctionComponent,
  h,
  options,
  type VNode,
} from "preact";
import { useContext } from "preact/hooks";
import { currentPage } from "./collector.ts";
import { encodeProps } from "./serialize.ts";
import { withSlots } from "./slots.ts";

/** A component that the browser brings to life: an export of a file in islands/. */
export interface Island {
  /** Path in islands/ without extension, e.g. `VMTable`. */
  file: string;
  /** `default` or the export's name. */
  exportName: string;
  component: ComponentType;
}

const registry = new Map<unknown, Island>();
const Inside = createContext(false);
let passing = false;

/** Makes every function that these modules export an island; keys are paths in islands/. */
export function registerIslands(modules: Record<string, object>): void {
  for (const [path, module] of Object.entries(modules)) {
    const file = path.replace(/\.[jt]sx?$/, "");
    for (const [exportName, value] of Object.entries(module)) {
      if (typeof value !== "function") continue;
      registry.set(value, { file, exportName, component: value as ComponentType });
    }
  }
  hookVNodes();
}

let hooked = false;

/** Lets every vnode of an island render as a `Boundary` around it, whoever created it. */
function hookVNodes(): void {
  if (hooked) return;
  hooked = true;
  const previous = options.vnode;
  options.vnode = (vnode: VNode) => {
    if (!passing && typeof vnode.type === "function") {
      const island = registry.get(vnode.type);
      if (island) {
        vnode.props = { island, given: vnode.props } as unknown as VNode["props"];
        vnode.type = Boundary as unknown as ComponentType;
      }
    }
    previous?.(vnode);
  };
}

interface BoundaryProps {
  island: Island;
  given: Record<string, unknown>;
}

/**
 * The island's HTML between two comments that carry its number on the page. Comments, because an
 * element would not be allowed in a table and would come between a grid and its cells.
 */
const Boundary: FunctionComponent<BoundaryProps> = ({ island, given }, context) => {
  const page = currentPage();
  // An island within an island is part of it, and comes to life with it.
  if (useContext(Inside) || !page) return original(island, given);

  const props = withSlots(given, context);
  const number = page.islands.push({ island, props: encodeProps(island, props) }) - 1;
  return h(
    Fragment,
    null,
    comment(`island:${number}`),
    h(Inside.Provider, { value: true, children: original(island, props) }),
    comment(`/island:${number}`),
  );
};

function original({ component }: Island, props: Record<string, unknown>): VNode {
  passing = true;
  try {
    return h(component, props);
  } finally {
    passing = false;
  }
}

function comment(text: string): VNode {
  return h(Fragment as FunctionComponent<{ UNSTABLE_comment: string }>, {
    UNSTABLE_comment: text,
  }) as VNode;
}
