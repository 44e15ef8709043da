/** Under which handle others send to an organization, and whether they may. */
import { and, eq, ne } from 'drizzle-orm';
import { nxosnetSettingsRequest } from '../../wire/nxos/objects.ts';
import { nxosOrganizations } from '../store/nxos-schema.ts';
import { type NxosContext, parse } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { settingsView } from './view.ts';

export async function updateSettings({ db, organization }: NxosContext, body: unknown) {
  const { enabled, handle, showOrganizationName } = parse(nxosnetSettingsRequest, body);
  const [before] = await db
    .select()
    .from(nxosOrganizations)
    .where(eq(nxosOrganizations.id, organization.id))
    .for('update');
  if (!before) throw new NxosRefusal('organization_not_found');
  if (enabled && (handle ?? before.handle) === null) {
    throw new NxosRefusal('invalid_request', 'enabled: needs a handle first');
  }
  if (handle !== undefined) {
    const [taken] = await db
      .select({ id: nxosOrganizations.id })
      .from(nxosOrganizations)
      .where(and(eq(nxosOrganizations.handle, handle), ne(nxosOrganizations.id, organization.id)));
    if (taken) throw new NxosRefusal('handle_taken');
  }
  const [after] = await db
    .update(nxosOrganizations)
    .set({
      enabled: enabled ?? before.enabled,
      handle: handle ?? before.handle,
      showName: showOrganizationName ?? before.showName,
    })
    .where(eq(nxosOrganizations.id, organization.id))
    .returning();
  return settingsView(after ?? before);
}
