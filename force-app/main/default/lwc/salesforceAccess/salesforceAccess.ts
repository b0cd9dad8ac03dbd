import { api } from 'lwc';
import type { Connection } from 'service';
import type { Failure } from 'c/failure';
import { barOf } from 'c/connectionState';
import { poll } from 'c/polling';
import ServerElement from 'c/serverElement';
import getAuthorization from '@salesforce/apex/SetupController.getAuthorization';
import startAuthorization from '@salesforce/apex/SetupController.startAuthorization';
import authorize from '@salesforce/label/c.Action_Authorize';
import closed from '@salesforce/label/c.Connect_PopupClosed';
import blocked from '@salesforce/label/c.Connect_PopupBlocked';
import expired from '@salesforce/label/c.Connect_PopupExpired';
import tryAgain from '@salesforce/label/c.Connect_PopupRemedy';
import blockedRemedy from '@salesforce/label/c.Connect_PopupBlockedRemedy';
import help from '@salesforce/label/c.Connect_SalesforceAccessHelp';
import waiting from '@salesforce/label/c.Connect_Waiting';

const LOOK_MILLISECONDS = 1500;
/** A window that is closed by a login just done is seen as closed a moment before the service knows. */
const LOOKS_AFTER_CLOSING = 3;

/** Lets ActiveCampaign into Salesforce: a login window, and waiting for what comes of it. Fires `changed`. */
export default class SalesforceAccess extends ServerElement {
  @api connection: Connection | undefined;

  labels = { authorize, help, waiting };
  isWaiting = false;
  private stopWaiting: (() => void) | undefined;

  override disconnectedCallback(): void {
    this.stopWaiting?.();
  }

  get bar() {
    return barOf(this.connection, this.failure);
  }

  get isOccupied(): boolean {
    return this.busy || this.isWaiting;
  }

  async handleAuthorize(): Promise<void> {
    this.stopWaiting?.();
    // Browsers allow a window only in the click itself, before the service has told its address.
    const loginWindow = window.open('', 'syncline-login', 'popup,width=600,height=760');
    if (loginWindow === null) {
      this.failure = { code: 'PACKAGE_LOGIN_BLOCKED', meaning: blocked, remedy: blockedRemedy };
      return;
    }
    const isOpen = await this.attempt(async () => {
      const started = await startAuthorization({ returnUrl: window.location.href });
      loginWindow.location.href = started.authorizeUrl;
      this.wait(started.authorizationId, loginWindow);
    });
    if (!isOpen) loginWindow.close();
  }

  private wait(authorizationId: string, loginWindow: Window): void {
    this.isWaiting = true;
    let looksClosed = 0;
    this.stopWaiting = poll(LOOK_MILLISECONDS, async () => {
      let isOver = true;
      await this.attempt(async () => {
        const { state, problem } = await getAuthorization({ authorizationId });
        if (loginWindow.closed) looksClosed += 1;
        if (state === 'connected') this.tell('changed');
        else if (state === 'expired') this.failure = failureOf('PACKAGE_LOGIN_EXPIRED', expired);
        else if (problem !== null) this.failure = problem;
        else if (looksClosed > LOOKS_AFTER_CLOSING) this.failure = failureOf('PACKAGE_LOGIN_CLOSED', closed);
        else isOver = false;
      });
      if (isOver) {
        this.isWaiting = false;
        loginWindow.close();
      }
      return isOver ? 'over' : 'again';
    });
  }
}

function failureOf(code: string, meaning: string): Failure {
  return { code, meaning, remedy: tryAgain };
}
