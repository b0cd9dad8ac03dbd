import { api } from 'lwc';
import { registerRefreshHandler, unregisterRefreshHandler } from 'lightning/refresh';
import type { Failure } from 'c/failure';
import ServerElement from 'c/serverElement';

const NOT_SYNCED = 'SYNC_RECORD_NOT_SYNCED';

/** A component of a record page: it reads anew when the page shows another record, and when the page is refreshed. */
export default abstract class RecordElement<Answer> extends ServerElement {
  protected answer: Answer | undefined;
  private shownId = '';
  private refreshing: number | undefined;

  /** The page's record, which the page sets. */
  @api get recordId(): string {
    return this.shownId;
  }

  set recordId(recordId: string) {
    if (recordId === this.shownId) return;
    this.shownId = recordId;
    this.forget();
    if (this.isConnected) void this.handleRead();
  }

  override connectedCallback(): void {
    this.refreshing = registerRefreshHandler(this, async () => {
      await this.handleRead();
      return true;
    });
    void this.handleRead();
  }

  override disconnectedCallback(): void {
    if (this.refreshing !== undefined) unregisterRefreshHandler(this.refreshing);
  }

  get isNotSynced(): boolean {
    return this.failure?.code === NOT_SYNCED;
  }

  /** What went wrong; that a record is not synced is no error. */
  get shownFailure(): Failure | undefined {
    return this.isNotSynced ? undefined : this.failure;
  }

  async handleRead(): Promise<void> {
    const { recordId } = this;
    await this.attempt(async () => {
      const answer = await this.read(recordId);
      // The page may show another record by now.
      if (recordId === this.recordId) this.answer = answer;
    });
    if (this.isNotSynced) this.answer = undefined;
  }

  /** Asks the server for what the component shows. */
  protected abstract read(recordId: string): Promise<Answer>;

  /** Drops what belongs to the record that was shown before. */
  protected forget(): void {
    this.answer = undefined;
    this.failure = undefined;
  }
}
