import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { permissionSetsPage } from '../pages/permission-sets.ts';
import type { PermissionSetView } from '../pages/permission-sets.ts';
import { pageViewer, sendNotFound, sendPage } from './pages.ts';
import type { Shell } from './pages.ts';

const PATH = '/lightning/setup/PermSets';
const assignmentForm = z.object({ user: z.string(), assigned: z.stringbool() });

/** Setup's page of permission sets, for administrators. */
export function registerSetup(app: FastifyInstance, shell: Shell): void {
  const { org, identity } = shell;

  const assignments = () =>
    [...(org.table('PermissionSetAssignment')?.rows() ?? [])].filter((row) => row['IsDeleted'] !== true);
  const sets = () => [...(org.table('PermissionSet')?.rows() ?? [])];

  const views = (): PermissionSetView[] =>
    sets().map((set) => ({
      name: String(set['Name']),
      label: String(set['Label']),
      members: [...identity.users].map((user) => ({
        user,
        isAssigned: assignments().some(
          (row) => row['AssigneeId'] === user.id && row['PermissionSetId'] === set.Id,
        ),
      })),
    }));

  app.get(PATH, async (request, reply) => {
    const viewer = await pageViewer(shell, request, reply);
    if (viewer === undefined) return reply;
    if (!viewer.user.isAdmin) return sendNotFound(shell, reply, viewer);
    return sendPage(shell, reply, viewer, {
      title: viewer.texts.permissionSets,
      app: viewer.texts.setup,
      nav: [{ label: viewer.texts.permissionSets, path: PATH, isCurrent: true }],
      body: permissionSetsPage(viewer, views()),
    });
  });

  app.post<{ Params: { name: string } }>(`${PATH}/:name`, async (request, reply) => {
    const viewer = await pageViewer(shell, request, reply);
    if (viewer === undefined) return reply;
    const set = sets().find((row) => row['Name'] === request.params.name);
    const form = assignmentForm.safeParse(request.body);
    if (!viewer.user.isAdmin || set === undefined || !form.success) return sendNotFound(shell, reply, viewer);
    const { user, assigned } = form.data;
    const allOrNone = { allOrNone: true };
    const held = assignments().filter(
      (row) => row['AssigneeId'] === user && row['PermissionSetId'] === set.Id,
    );
    const assignment = { AssigneeId: user, PermissionSetId: set.Id };
    const results =
      assigned && held.length === 0
        ? org.insert(viewer.context, 'PermissionSetAssignment', [assignment], allOrNone)
        : [];
    if (!assigned) {
      const ids = held.map(({ Id }) => Id);
      results.push(...org.delete(viewer.context, ids, allOrNone));
    }
    const refused = results.find(({ success }) => !success);
    if (refused !== undefined) throw new Error(`The assignment was not changed: ${JSON.stringify(refused)}`);
    identity.users.permissionSetsChanged();
    return reply.redirect(PATH, 303);
  });
}
