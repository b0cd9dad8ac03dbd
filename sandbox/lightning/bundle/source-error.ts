/** What keeps the package's components from being built, in a sentence for whoever works on them. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** The same of anything that a build threw, with the file that it is about. */
export function sourceError(error: unknown): SourceError {
  const message = error instanceof Error ? error.message : String(error);
  const file = error instanceof Error && 'id' in error && typeof error.id === 'string' ? error.id : '';
  const isNamed = file === '' || message.includes(file);
  return new SourceError(isNamed ? message : `${file}: ${message}`, { cause: error });
}
