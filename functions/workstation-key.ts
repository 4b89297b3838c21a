import { app } from '@azure/functions';
import { KeyRequest } from '../agent/protocol/messages';
import { noteNextKey } from '../bot/workstations';
import { parseBody } from './http';
import { signed } from './workstation-request';

/** A workstation names the key that is to take the place of its present one. */
app.http('workstation-key', {
  methods: ['POST'],
  authLevel: 'anonymous',
  route: 'workstations/{workstation}/key',
  handler: (request) =>
    signed(request, ({ deps, workstation, body }) => {
      const { workstations: store, settings, now } = deps;
      const path = new URL(request.url).pathname;
      return noteNextKey({ store, publicUrl: settings.publicUrl, now }, workstation, parseBody(KeyRequest, body), path);
    }),
});
