/** What a wire gives its component. */
export interface WireResult {
  readonly data: unknown;
  readonly error: unknown;
}

/** A wire that loads something whenever its parameters change, and again when it is told to. */
export abstract class Wire<Config extends object> {
  readonly #callback: (result: WireResult) => void;
  #config: Config | undefined;
  /** Counts loads, so that a late answer to older parameters is dropped. */
  #turn = 0;

  constructor(callback: (result: WireResult) => void) {
    this.#callback = callback;
    callback({ data: undefined, error: undefined });
  }

  /** Whether the parameters are complete; until then nothing is loaded. */
  protected abstract isReady(config: Config): boolean;
  protected abstract load(config: Config): Promise<unknown>;
  /** Drops what is kept of an earlier load. */
  protected forget(_config: Config): void {}

  protected emit(result: WireResult): void {
    this.#callback(result);
  }

  /** The parameters that it has, where they are complete. */
  protected get current(): Config | undefined {
    return this.#config !== undefined && this.isReady(this.#config) ? this.#config : undefined;
  }

  connect(): void {}

  disconnect(): void {
    this.#turn += 1;
  }

  update(config: Config): void {
    this.#config = config;
    void this.#provide();
  }

  async refresh(): Promise<void> {
    if (this.current !== undefined) this.forget(this.current);
    await this.#provide();
  }

  async #provide(): Promise<void> {
    const config = this.current;
    if (config === undefined) return;
    this.#turn += 1;
    const turn = this.#turn;
    const result = await this.load(config).then(
      (data): WireResult => ({ data, error: undefined }),
      (error: unknown): WireResult => ({ data: undefined, error }),
    );
    if (turn === this.#turn) this.emit(result);
  }
}
