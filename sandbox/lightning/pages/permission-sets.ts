import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { SandboxUser } from '../../salesforce/identity/users.ts';
import type { Viewer } from '../shell/viewer.ts';

export interface PermissionSetView {
  readonly name: string;
  readonly label: string;
  readonly members: readonly { readonly user: SandboxUser; readonly isAssigned: boolean }[];
}

/** Setup's page of the package's permission sets: who holds each, and a button that changes it. */
export function permissionSetsPage(viewer: Viewer, sets: readonly PermissionSetView[]): Html {
  const { texts } = viewer;
  const member = (
    set: PermissionSetView,
    { user, isAssigned }: PermissionSetView['members'][number],
  ): Html => {
    const name = `${user.firstName} ${user.lastName}`;
    const action = isAssigned ? texts.remove : texts.assign;
    return html`<tr>
      <th scope="row">${name}<br /><span class="shell-hint">${user.username}</span></th>
      <td>${isAssigned ? texts.assigned : texts.notAssigned}</td>
      <td>
        <form method="post" action="/lightning/setup/PermSets/${set.name}">
          <input type="hidden" name="user" value="${user.id}" />
          <button
            class="slds-button slds-button_neutral"
            name="assigned"
            value="${String(!isAssigned)}"
            aria-label="${action}: ${name}, ${set.label}"
          >
            ${action}
          </button>
        </form>
      </td>
    </tr>`;
  };
  return html`<h1 class="shell-title">${texts.permissionSets}</h1>
    <p>${texts.permissionSetsWords}</p>
    ${sets.map(
      (set) =>
        html`<section class="slds-card shell-card" aria-labelledby="${set.name}">
          <h2 id="${set.name}">${set.label}</h2>
          <div class="list-scroll">
            <table class="shell-table">
              <tbody>
                ${set.members.map((one) => member(set, one))}
              </tbody>
            </table>
          </div>
        </section>`,
    )}`;
}
