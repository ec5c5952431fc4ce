interface Props {
  name: string;
  title: string;
  /** The value of the one that is chosen. */
  chosen: string;
  /** Value and words of each. */
  children: [value: string, words: string][];
}

/** One choice of a few, all of them in sight. */
export function Choices({ name, title, chosen, children }: Props) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children.map(([value, words]) => (
        <label key={value}>
          <input type="radio" name={name} value={value} checked={value === chosen} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
