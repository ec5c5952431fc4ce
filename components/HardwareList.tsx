import { hardware } from "@/texts/mod.ts";

/** Parts of one kind, as services/vms/hardware.ts tells of them. */
export interface Kind {
  title: string;
  parts: { name: string; facts: [label: string, value: string][] }[];
}

/** What a VM is made of, kind by kind. */
export function HardwareList({ kinds }: { kinds: Kind[] }) {
  return (
    <div class="hardware" id="hardware">
      {kinds.map(({ title, parts }) => (
        <section key={title} class="kind">
          <h2>{hardware.word(title)}</h2>
          {parts.map(({ name, facts }, index) => (
            <div key={index} class="part">
              {name === "" ? null : <h3>{hardware.word(name)}</h3>}
              <dl>
                {facts.map(([label, value]) => (
                  <div key={label}>
                    <dt>{hardware.word(label)}</dt>
                    <dd>{hardware.word(value)}</dd>
                  </div>
                ))}
              </dl>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}
