interface Props {
  /** Of the form's value; it is the element's id as well. */
  name: string;
  label: string;
  type?: "text" | "password" | "number";
  value?: string;
  autocomplete: string;
  autofocus?: boolean;
  /** For codes: digits and letters of one width. */
  code?: boolean;
  /** What helps to fill it in. */
  hint?: string;
}

/** A line of a form. Nothing is corrected or capitalised in it: names and codes are as they are. */
export function Field(
  { name, label, type = "text", value = "", autocomplete, autofocus = false, code = false, hint }:
    Props,
) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        class={code ? "code" : undefined}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        autofocus={autofocus}
        aria-describedby={hint === undefined ? undefined : `${name}-hint`}
        required
      />
      {hint === undefined ? null : <p class="field-hint" id={`${name}-hint`}>{hint}</p>}
    </div>
  );
}
