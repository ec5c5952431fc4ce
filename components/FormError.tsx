import { Icon } from "@/components/Icon.tsx";
import { wire } from "@/texts/gate.ts";

/** Why a form was not taken; nothing while there is no reason. */
export function FormError({ message }: { message: string }) {
  if (message === "") return null;
  return (
    <p class="notice notice-bad" role="alert" id="error">
      <Icon name="warning" />
      {wire.words(message)}
    </p>
  );
}
