/** A label with its placeholders filled: `fill('{0} of {1}', 2, 4)` is `2 of 4`. Numbers are written as people do. */
export function fill(label: string, ...values: readonly (string | number)[]): string {
  return label.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? placeholder : write(value);
  });
}

/** A number as the reader's language writes it. */
export function write(value: string | number): string {
  return typeof value === 'number' ? new Intl.NumberFormat(language()).format(value) : value;
}

/** Lightning sets the page's language to the user's. */
function language(): string | undefined {
  const { lang } = document.documentElement;
  return lang === '' ? undefined : lang;
}
