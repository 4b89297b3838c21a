import { z } from 'zod';
import { writeAudit } from '../audit';
import { findPerson, requirePerson } from '../directory';
import { isoTime } from '../clock';
import { odataBadRequest, requestBadRequest, resourceNotFound } from '../graph-error';
import { filterRows } from '../odata/filter';
import { DIRECTORY_PAGES } from '../odata/page';
import { requireAdvanced } from '../odata/query';
import { pick, selected } from '../odata/select';
import { BOTH, type Call, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection, contextOf, entity } from './collection';
import { drawObject } from './directory-object';
import { USER_DEFAULTS, USER_FILTERS, USER_PROPERTIES, userRow } from './user-properties';

const TYPE = 'microsoft.graph.user';
const READ_ALL = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const READ = ['User.ReadBasic.All', ...READ_ALL];
/** What `User.ReadBasic.All` may see. */
const BASIC = new Set(['displayName', 'givenName', 'id', 'mail', 'surname', 'userPrincipalName']);

const namesOf = (call: Call): readonly string[] => {
  const names = selected(call.query, USER_PROPERTIES, TYPE) ?? [...USER_DEFAULTS];
  return READ_ALL.some((permission) => call.permissions.has(permission))
    ? names
    : names.filter((one) => BASIC.has(one));
};

const fragmentOf = (call: Call): string => {
  const select = call.query.options.get('select');
  return select === undefined ? 'users' : `users(${select})`;
};

/** `"displayName:ada"`, one clause or several with OR; words match by their start. */
const searchRows = (call: Call, rows: Record<string, unknown>[]): Record<string, unknown>[] => {
  const text = call.query.options.get('search');
  if (text === undefined) return rows;
  requireAdvanced({ ...call.query, options: new Map([...call.query.options, ['count', 'true']]) }, '$search');
  const clauses = text
    .split(/ OR /i)
    .map((part) => /^"(displayName|mail|userPrincipalName):([^"]+)"$/.exec(part.trim()));
  if (clauses.some((clause) => clause === null)) throw odataBadRequest('Syntax error in $search.');
  return rows.filter((row) =>
    clauses.some((clause) =>
      String(row[clause?.[1] ?? ''])
        .toLowerCase()
        .split(/[\s.@_-]+/)
        .some((word) => word.startsWith((clause?.[2] ?? '').toLowerCase())),
    ),
  );
};

const enableSchema = z.object({ accountEnabled: z.boolean() }).strict();

/** Users: read one or many, the manager, block sign-in, revoke sessions. */
export const userRoutes = (tenant: Tenant): Route[] => [
  {
    method: 'GET',
    versions: BOTH,
    path: '/users',
    area: 'directory',
    needs: [READ],
    options: ['select', 'filter', 'search', 'top', 'count', 'orderby', 'skiptoken'],
    effect: false,
    handle: (call) => {
      const names = namesOf(call);
      const rows = searchRows(
        call,
        filterRows(tenant.state.directory.people.map(userRow), call.query, USER_FILTERS, 'User'),
      );
      const orderBy = call.query.options.get('orderby');
      if (orderBy !== undefined) {
        const [, name, way] = /^(displayName|userPrincipalName)(?: (asc|desc))?$/.exec(orderBy) ?? [];
        if (name === undefined) throw odataBadRequest('Sorting not supported for current query.');
        if (call.query.options.has('filter')) requireAdvanced(call.query, '$orderby with $filter');
        const sign = way === 'desc' ? -1 : 1;
        rows.sort((a, b) => sign * String(a[name]).localeCompare(String(b[name])));
      }
      return collection(tenant, call, rows, DIRECTORY_PAGES, fragmentOf(call), (row) => pick(row, names));
    },
  },
  {
    method: 'GET',
    versions: BOTH,
    path: '/users/{id}',
    area: 'directory',
    needs: [READ],
    options: ['select'],
    effect: false,
    handle: (call) => {
      const names = namesOf(call);
      const person = requirePerson(tenant.state.directory, call.params.id ?? '');
      return entity(call, `${fragmentOf(call)}/$entity`, pick(userRow(person), names));
    },
  },
  {
    // Only what freezing an account needs: `accountEnabled`.
    method: 'PATCH',
    versions: BOTH,
    path: '/users/{id}',
    area: 'directory',
    needs: [['User.EnableDisableAccount.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'], READ_ALL],
    options: [],
    effect: true,
    handle: (call) => {
      const parsed = enableSchema.safeParse(call.body);
      if (!parsed.success) throw requestBadRequest('Only accountEnabled can be written with these permissions.');
      const person = requirePerson(tenant.state.directory, call.params.id ?? '');
      tenant.store.change('user', person.id, (state) => {
        person.accountEnabled = parsed.data.accountEnabled;
        writeAudit(state, tenant.clock.now(), {
          activityDisplayName: person.accountEnabled ? 'Enable account' : 'Disable account',
          category: 'UserManagement',
          operationType: 'Update',
          target: person,
        });
      });
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    versions: BOTH,
    path: '/users/{id}/manager',
    area: 'directory',
    needs: [READ_ALL],
    options: ['select'],
    effect: false,
    handle: (call) => {
      const names = selected(call.query, USER_PROPERTIES, TYPE);
      const person = requirePerson(tenant.state.directory, call.params.id ?? '');
      const manager = person.managerId === null ? undefined : findPerson(tenant.state.directory, person.managerId);
      if (!manager) throw resourceNotFound('manager');
      return entity(
        call,
        'directoryObjects/$entity',
        drawObject({ kind: 'user', value: manager }, names, call.permissions),
      );
    },
  },
  {
    method: 'POST',
    versions: BOTH,
    path: '/users/{id}/revokeSignInSessions',
    area: 'directory',
    needs: [['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All']],
    options: [],
    effect: true,
    handle: (call) => {
      if (call.body !== undefined) throw requestBadRequest('This action takes no request body.');
      const person = requirePerson(tenant.state.directory, call.params.id ?? '');
      tenant.store.change('sessions-revoked', person.id, (state) => {
        person.signInSessionsValidFromDateTime = isoTime(tenant.clock.now());
        writeAudit(state, tenant.clock.now(), {
          activityDisplayName: 'Update StsRefreshTokenValidFrom Timestamp',
          category: 'UserManagement',
          operationType: 'Update',
          target: person,
        });
      });
      return { status: 200, body: { '@odata.context': contextOf(call, 'Edm.Boolean'), value: true } };
    },
  },
];
