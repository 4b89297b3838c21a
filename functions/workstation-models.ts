import { app } from '@azure/functions';
import { modelsAt } from '../bot/service';
import { signed } from './workstation-request';

/** Which models of key the tenant lets in, for a workstation to say before anybody asks for a key. */
app.http('workstation-models', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'workstations/{workstation}/models',
  handler: (request) => signed(request, ({ deps, workstation }) => modelsAt(deps, workstation)),
});
