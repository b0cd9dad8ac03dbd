/** Which lines ran, by file. */
export class Coverage {
  private readonly hits = new Map<string, Set<number>>();

  hit(file: string, line: number): void {
    const lines = this.hits.get(file);
    if (lines === undefined) this.hits.set(file, new Set([line]));
    else lines.add(line);
  }

  linesOf(file: string): ReadonlySet<number> {
    return this.hits.get(file) ?? new Set();
  }
}
